/** `npm run prove`: attacks a running deployment, or one that it starts, and writes what it found as a page and as JSON. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Tier } from '../../generated/application.ts';
import { startCotenant } from '../support/start-cotenant.ts';
import type { Deployment } from './clients.ts';
import { guards } from './guards/guards.ts';
import { lineOfRemovals, removeGuards } from './guards/remove-guards.ts';
import { proveIsolation } from './prove-isolation.ts';
import { findingsOf, holds, lineOf, totalsOf } from './report.ts';
import { reportPage } from './report-page.ts';

const usage = `npm run prove -- [options]

  --outputs FILE  the deployment to attack, by its outputs file (default: start one and stop it afterwards)
  --report DIR    where report.html and report.json go (default .local/proof)
  --tiers LIST    which tiers attack and are attacked (default BASIC,STANDARD,PREMIUM,PLATINUM)
  --only LIST     which groups of attacks (default all)
  --guards        also take each guard out of a copy of this project and see that a test or the proof notices (minutes)
  --help          say this

It makes tenants of its own and leaves them there: prove a deployment of yours that holds nothing precious.
`;

const { values } = parseArgs({
  options: {
    outputs: { type: 'string' },
    report: { type: 'string', default: join('.local', 'proof') },
    tiers: { type: 'string', default: 'BASIC,STANDARD,PREMIUM,PLATINUM' },
    only: { type: 'string' },
    guards: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) say(usage.trimEnd());
else process.exitCode = await prove();

async function prove(): Promise<number> {
  const started = values.outputs === undefined ? await startCotenant() : undefined;
  try {
    const deployment = started?.outputs ?? readDeployment(values.outputs ?? '');
    const attacked = await proveIsolation({
      deployment,
      tiers: values.tiers.split(',') as Tier[],
      ...(values.only !== undefined && { only: values.only.split(',') }),
      onGroup: (group) => say(lineOf(group)),
    });
    const report = values.guards ? { ...attacked, guards: await removeGuards(guards, say) } : attacked;
    const folder = resolve(values.report);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
    writeFileSync(join(folder, 'report.html'), reportPage(report));
    for (const finding of findingsOf(report.groups).slice(0, 50)) say(`✗ ${finding}`);
    for (const unnoticed of report.guards?.unnoticed ?? []) say(`✗ ${unnoticed}`);
    if (report.guards) say(lineOfRemovals(report.guards));
    for (const unjudged of report.unjudged) say(`not judged: ${unjudged}`);
    const { cases, requests } = totalsOf(report.groups);
    const verdict = holds(report) ? '✓ No tenant reached another' : '✗ The proof does not hold';
    const page = join(values.report, 'report.html');
    say(`${verdict}: ${cases} attacks, ${requests} requests in ${report.seconds.toFixed(0)} s. ${page}`);
    return holds(report) ? 0 : 1;
  } finally {
    await started?.stop();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function readDeployment(file: string): Deployment {
  if (!existsSync(file)) throw new Error(`There is no outputs file ${file}: npm start writes .local/outputs.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Deployment;
}
