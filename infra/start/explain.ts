import pc from 'picocolors';
import { SetupError } from '../local/errors.ts';
import { usage } from './options.ts';

/** Runs a step of the start. If it fails, says why and what to do, without a trace where the message says all, and ends the process. */
export async function explained<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ?? false;
    const isExplained = isUsage || error instanceof SetupError;
    process.stderr.write(
      `${pc.red('Cotenant could not start.')} ${
        error instanceof Error ? (isExplained ? error.message : error.stack ?? error.message) : String(error)
      }\n`,
    );
    if (isUsage) process.stderr.write(`\n${usage}`);
    process.exit(1);
  }
}
