import { spawn } from 'node:child_process';

export interface Watchdog {
  /** From now on this process is ended when the host is gone, however the host ends. */
  guard(pid: number | undefined): void;
  stop(): void;
}

/** Reads process ids; once its input closes, which it does when the host dies, ends the last of them. */
const script = 'while read -r line; do pid=$line; done; [ -z "$pid" ] || kill -9 "$pid"';

/** A shell that outlives the host by a moment. Where there is no shell, the next start ends an orphan instead. */
export function startWatchdog(): Watchdog {
  if (process.platform === 'win32') return { guard: () => undefined, stop: () => undefined };
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  const write = (line: string): void => void child.stdin.write(`${line}\n`);
  return {
    guard: (pid) => write(pid === undefined ? '' : String(pid)),
    stop: () => {
      write('');
      child.stdin.end();
    },
  };
}
