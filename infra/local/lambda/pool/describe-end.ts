import type { ErrorReport } from '../worker/messages.ts';

/** What Lambda calls the signals that end a runtime: Go's names, in which its sandbox is written. */
const signalNames: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGILL: 'illegal instruction',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

/** What V8 and ../worker/watch-memory.ts say as they give up. */
const outOfMemory = /out of memory|allocation failed/i;

/** How a runtime ended: by its exit code, or with a signal and what its process last wrote. */
export function describeEnd(code: number | null, signal: NodeJS.Signals | null = null, lastWords = ''): ErrorReport {
  if (outOfMemory.test(lastWords)) {
    return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Runtime exited with error: signal: killed' };
  }
  if (signal) {
    const name = signalNames[signal] ?? signal.slice(3).toLowerCase();
    return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: signal: ${name}` };
  }
  const how = code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited ${how}` };
}
