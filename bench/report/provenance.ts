import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

/** Where figures come from, to be asked before they are taken: nobody can judge, or repeat, what has no machine, date, commit and command. */
export function provenance(arguments_: readonly string[]): string {
  const [cpu] = cpus();
  const command = ['npm run bench', ...(arguments_.length > 0 ? ['--', ...arguments_] : [])].join(' ');
  const load = loadavg().map((average) => average.toFixed(1));
  return [
    `Measured by \`${command}\` on ${new Date().toISOString().slice(0, 10)}, at commit ${commit()}.`,
    `The machine: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB,`,
    `${process.platform} ${process.arch}, Node.js ${process.versions.node}; load average at the end ${load.join(
      ', ',
    )}.`,
    'Figures of another machine are others: compare rows of one run.',
  ].join('\n');
}

function commit(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();
  // The report itself is no change of what was measured.
  const changed = git('status', '--porcelain', '--', '.', ':!bench/results') !== '';
  return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? ' with changes' : ''}`;
}
