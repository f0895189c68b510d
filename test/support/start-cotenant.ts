import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outputs } from '../../infra/start/outputs.ts';
import { baseVariable, copyBase } from './base-folder.ts';

export interface Cotenant {
  readonly outputs: Outputs;
  readonly folder: string;
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** All that was logged: the local cloud's own faults, the APIs', the functions'. */
  logs(): Promise<string[]>;
  /** SIGTERM, and waits for the end; answers the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>;
}

const longestStart = 90_000;

/**
 * `npm start` as a user runs it, less npm: a process of its own on any free port. Without a folder nothing is kept, and in a run of the
 * tests it starts from what was deployed once for all of them, unless it is to be `ephemeral`: then it deploys to an empty folder.
 * @param options.project - the folder of another copy of the project
 */
export async function startCotenant(
  options: {
    folder?: string;
    ephemeral?: boolean;
    demo?: boolean;
    apps?: boolean;
    port?: number;
    project?: string;
  } = {},
): Promise<Cotenant> {
  const scratch = await mkdtemp(join(tmpdir(), 'cotenant-test-'));
  const outputsFile = join(scratch, 'outputs.json');
  const flags = ['--port', String(options.port ?? 0), '--outputs', outputsFile];
  if (!options.apps) flags.push('--no-apps');
  const folder = options.ephemeral ? undefined : options.folder ?? (await copyOfBase(scratch));
  flags.push(...(folder === undefined ? ['--ephemeral'] : ['--folder', folder]));
  if (!options.demo) flags.push('--no-demo');

  const child = spawn(process.execPath, [...(await startCommand(options.project)), ...flags], {
    ...(options.project !== undefined && { cwd: options.project }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // What is ephemeral is made in the scratch folder and goes with it, also after a SIGKILL.
    // No colours, which CI would have: what is printed is compared.
    env: { ...process.env, npm_lifecycle_event: undefined, TMPDIR: scratch, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await waitForFile(outputsFile, child, () => output);
  const outputs = JSON.parse(readFileSync(outputsFile, 'utf8')) as Outputs;

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    const code = await ended;
    await rm(scratch, { recursive: true, force: true });
    return code;
  };
  return {
    outputs,
    folder: folder ?? '',
    pid: child.pid ?? 0,
    output: () => output,
    logs: async () => await logsIn(folder ?? (await ephemeralFolder(scratch))),
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** What `npm start` gives to Node.js. */
async function startCommand(project = '.'): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<'start', string>>;
  };
  return scripts.start.split(' ').slice(1);
}

/** A folder of a system that is deployed already, below `scratch`; undefined outside a run of the tests. */
export async function copyOfBase(scratch: string): Promise<string | undefined> {
  const bases = process.env[baseVariable];
  if (bases === undefined) return undefined;
  // Each worker has one of its own, and so a port of its own: what starts on another port than it had updates its stacks.
  const base = join(bases, process.env['VITEST_POOL_ID'] ?? 'alone');
  const folder = join(scratch, 'cloud');
  await copyBase(base, folder, async (empty) => void (await (await startCotenant({ folder: empty })).stop()));
  return folder;
}

async function ephemeralFolder(scratch: string): Promise<string> {
  const name = (await readdir(scratch)).find((entry) => entry.startsWith('cotenant-'));
  if (name === undefined) throw new Error(`No folder of an ephemeral cloud in ${scratch}`);
  return join(scratch, name);
}

/** Line by line, each with the log that it is of: `local-cloud 2026-… <stream> <message>`. */
async function logsIn(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, 'logs'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, 'logs', file), 'utf8')));
  return texts.flatMap((text, index) => {
    const name = (files[index] ?? '').replace(/\.log$/, '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `${name} ${line}`);
  });
}

async function waitForFile(file: string, child: ChildProcess, output: () => string): Promise<void> {
  const end = Date.now() + longestStart;
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > end) {
      child.kill('SIGKILL');
      throw new Error(`npm start was not ready after ${longestStart / 1000} s:\n${output()}`);
    }
    await sleep(20);
  }
}
