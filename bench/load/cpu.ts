import { readdir, readFile } from 'node:fs/promises';

/** Of /proc: sysconf(_SC_CLK_TCK), which Linux has at 100 on every architecture that Node.js is built for. */
const ticksPerSecond = 100;

export interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  /** User and system time since its start, of all its threads. */
  readonly seconds: number;
}

/** One line of /proc/PID/stat. The command's name, in brackets, may itself hold brackets and spaces. Source: proc(5). */
export function parseStat(line: string): ProcessTimes {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
  const pid = Number.parseInt(line, 10);
  if (![pid, parent, user, system].every((value) => Number.isInteger(value)))
    throw new Error(`A line of /proc/PID/stat was ${line}: expected numbers in fields 1, 4, 14 and 15`);
  return { pid, parent: parent ?? 0, seconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond };
}

/** What a process of a system does in it, told by its command line. */
export type Role = 'host' | 'engine' | 'functions' | 'other';

export type CpuByRole = Readonly<Record<Role, number>>;

/** The first that is in the command line decides; the process that was started is the host. */
const marks: readonly (readonly [string, Role])[] = [
  ['\0serve\0--host\0', 'engine'],
  ['/lambda/runtime/process.cjs', 'functions'],
];

export function roleOf(commandLine: string): Role {
  return marks.find(([mark]) => commandLine.includes(mark))?.[1] ?? 'other';
}

/** CPU seconds so far of a process and all that descend from it, told apart by role. Reads /proc, so Linux only. */
export async function cpuOfTree(root: number): Promise<CpuByRole> {
  const sum = { host: 0, engine: 0, functions: 0, other: 0 };
  for (const { pid, seconds } of treeOf(root, await allProcesses()))
    sum[pid === root ? 'host' : roleOf(await commandLine(pid))] += seconds;
  return sum;
}

/** The process of a tree that has this role, with its command line's words. */
export async function findInTree(root: number, role: Role): Promise<readonly string[] | undefined> {
  for (const { pid } of treeOf(root, await allProcesses())) {
    const line = await commandLine(pid);
    if (pid !== root && roleOf(line) === role) return line.split('\0');
  }
  return undefined;
}

export function cpuBetween(before: CpuByRole, after: CpuByRole): CpuByRole {
  const of = (role: Role): number => after[role] - before[role];
  return { host: of('host'), engine: of('engine'), functions: of('functions'), other: of('other') };
}

/** Those that descend from `root`, and itself. */
export function treeOf<Known extends Pick<ProcessTimes, 'pid' | 'parent'>>(
  root: number,
  processes: readonly Known[],
): Known[] {
  const tree = new Set([root]);
  for (let grown = true; grown; ) {
    const before = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
    grown = tree.size > before;
  }
  return processes.filter(({ pid }) => tree.has(pid));
}

async function allProcesses(): Promise<ProcessTimes[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(names.map((name) => readGone(`/proc/${name}/stat`)));
  return lines.filter((line) => line !== '').map(parseStat);
}

async function commandLine(pid: number): Promise<string> {
  return await readGone(`/proc/${pid}/cmdline`);
}

/** A process may end between the listing and the reading: nothing is read of it then. */
async function readGone(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
}
