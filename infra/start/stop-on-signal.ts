/** How often the parent is looked for, in milliseconds. */
const watchInterval = 1000;
/** What has not ended by then is cut off; nothing acknowledged is lost by that. */
const patience = 10_000;

/**
 * Ends the process in order on Ctrl-C and SIGTERM, and when npm, which started it, is gone: npm's shell does not pass every signal on.
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), patience).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(
          `Stopping failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`,
        );
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, watchInterval).unref();
}
