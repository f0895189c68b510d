import { spawn } from 'node:child_process';

/** Ends process groups when the host is gone, however the host ends. */
export interface Watchdog {
  guard(group: number): void;
  release(group: number): void;
  stop(): void;
}

/** Keeps the list of groups that it reads; once its input closes, which it does when the host dies, ends them all. */
const script = `
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -9 "-$group"; done
`;

/** One shell for all builds; it is started with the first and outlives the host by a moment. */
export function createWatchdog(): Watchdog {
  let write: ((line: string) => void) | undefined;
  let end = (): void => undefined;

  const start = (): ((line: string) => void) => {
    const child = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.unref();
    end = () => void child.stdin.end();
    return (line) => void child.stdin.write(line);
  };

  return {
    guard: (group) => (write ??= start())(`+ ${group}\n`),
    release: (group) => write?.(`- ${group}\n`),
    stop: () => end(),
  };
}
