import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Watchdog } from './watchdog.ts';

export interface ShellOptions {
  readonly shell: 'bash' | 'sh';
  /** Where commands start. */
  readonly folder: string;
  /** Where the scripts of the commands are put. */
  readonly scripts: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Names whose values are wanted at the end: letters, digits and _. */
  readonly exported: readonly string[];
  readonly watchdog: Watchdog;
  onLine(line: string): void;
}

export interface Shell {
  /** Runs one command after the others, as `.` does; answers its exit status. Once the shell is gone, its own. */
  run(command: string): Promise<number>;
  /** A command that ended the shell, such as `exit 1`. */
  readonly ended: boolean;
  /** Lets the shell end, then whatever it left running. Answers the exported variables that are set. */
  end(): Promise<Readonly<Record<string, string>>>;
  /** Ends the shell and all that it started, at once. */
  kill(): void;
}

/**
 * Reads the paths of scripts on descriptor 3, runs each in this same shell, and reports on descriptor 4; neither is left
 * open to the commands. Nothing of a command or a variable's value is part of this text.
 */
const driver = (exported: readonly string[]): string => `
__codebuild_report() {
${exported.map((name) => `  [ -z "\${${name}+x}" ] || printf 'v%s=%s\\0' '${name}' "$${name}" >&4`).join('\n')}
  :
}
trap __codebuild_report EXIT
while IFS= read -r __codebuild_script <&3; do
  . "$__codebuild_script" 3<&- 4>&-
  printf 's%s\\0' "$?" >&4
done
`;

/** How long output may still come once the shell and its process group are gone. */
const outputGrace = 500;

export async function startShell(options: ShellOptions): Promise<Shell> {
  const { shell, folder, scripts, variables, exported, watchdog, onLine } = options;
  const child = spawn(shell === 'sh' ? '/bin/sh' : 'bash', ['-c', driver(exported)], {
    cwd: folder,
    env: { ...variables },
    // A group of its own, so that all it starts can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const group = child.pid as number;
  watchdog.guard(group);
  const commands = child.stdio[3] as Writable;
  // The shell may end before it has read all: its exit tells.
  commands.on('error', () => undefined);
  const values: Record<string, string> = {};
  let settle: ((status: number) => void) | undefined;
  let status: number | undefined;
  let count = 0;

  const killGroup = (): void => {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // Nobody of the group is left.
    }
  };
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      status = code ?? (signal === null ? 1 : 128 + 9);
      killGroup();
      watchdog.release(group);
      resolve();
    });
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const drained = exited.then(async () => {
    const grace = setTimeout(() => {
      for (const stream of [child.stdout, child.stderr, child.stdio[4]]) (stream as Readable | null)?.destroy();
    }, outputGrace);
    await closed;
    clearTimeout(grace);
    settle?.(status ?? 1);
  });

  readLines(child.stdout as Readable, onLine);
  readLines(child.stderr as Readable, onLine);
  readReports(child.stdio[4] as Readable, (report) => {
    if (report.startsWith('s')) settle?.(Number(report.slice(1)));
    const end = report.indexOf('=');
    if (report.startsWith('v')) values[report.slice(1, end)] = report.slice(end + 1);
  });

  return {
    get ended() {
      return status !== undefined;
    },
    async run(command) {
      if (status !== undefined) return status;
      count += 1;
      const path = join(scripts, `command-${group}-${count}.sh`);
      await writeFile(path, `${command}\n`);
      return await new Promise<number>((resolve) => {
        settle = resolve;
        if (status !== undefined) resolve(status);
        else commands.write(`${path}\n`);
      });
    },
    async end() {
      commands.end();
      await drained;
      return values;
    },
    kill: () => {
      if (status === undefined) killGroup();
    },
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.once('close', () => {
    if (rest !== '') onLine(rest);
  });
}

function readReports(stream: Readable, onReport: (report: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const reports = (rest + chunk).split('\0');
    rest = reports.pop() ?? '';
    for (const report of reports) onReport(report);
  });
}
