import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

/** Of the last minute, and for each processor: above it others worked here when the run began, and its figures say little. */
const quietLoad = 0.5;

export interface Moment {
  /** Milliseconds of a clock that only goes on. */
  readonly at: number;
  /** Load averages of the last minute, five and fifteen. */
  readonly load: readonly number[];
}

export const momentNow = (): Moment => ({ at: performance.now(), load: loadavg() });

/** Where figures come from: nobody can judge, or repeat, what has no machine, date, commit and command. */
export interface Origin {
  readonly command: string;
  readonly day: string;
  readonly commit: string;
  readonly machine: string;
  readonly processors: number;
}

/** To be asked before anything is measured. */
export function originOf(arguments_: readonly string[]): Origin {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return {
    command: ['npm run bench', ...(arguments_.length > 0 ? ['--', ...arguments_] : [])].join(' '),
    day: new Date().toISOString().slice(0, 10),
    commit: commit(),
    machine: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${memory},\n${process.platform} ${
      process.arch
    }, Node.js ${process.versions.node}`,
    processors: cpus().length,
  };
}

/** What others did on this machine is in the load at the start; that at the end is mostly the run's own. */
export function provenance({ command, day, commit, machine, processors }: Origin, from: Moment, to: Moment): string {
  const averages = ({ load }: Moment): string => load.map((average) => average.toFixed(1)).join(', ');
  const quiet = (from.load[0] ?? Number.NaN) <= quietLoad * processors;
  return [
    ...(quiet
      ? []
      : [`**The machine was busy with other work when this began, so these figures say little: measure again.**\n`]),
    `Measured by \`${command}\` on ${day}, at commit ${commit}, in ${lengthOf(from, to)}.`,
    `The machine: ${machine}; load averages at the start ${averages(from)}, at the end ${averages(to)}.`,
    'Figures of another machine are others: compare rows of one run.',
  ].join('\n');
}

export function lengthOf(from: Moment, to: Moment): string {
  const seconds = Math.round((to.at - from.at) / 1000);
  return seconds < 180 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}

function commit(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();
  // The report itself is no change of what was measured.
  const changed = git('status', '--porcelain', '--', '.', ':!bench/results') !== '';
  return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? ' with changes' : ''}`;
}
