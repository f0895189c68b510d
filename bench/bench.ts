/**
 * `npm run bench -- [--quick] [--peers] [--only PART,…]`: measures this machine and writes what it found. Any error fails it; no time does.
 */
import { parseArgs } from 'node:util';
import { authorizer } from './authorizer/index.ts';
import type { Part } from './part.ts';
import { lengthOf, momentNow, originOf, provenance } from './report/provenance.ts';
import { writeReport } from './report/write-report.ts';
import { runParts } from './run-parts.ts';
import { realtime } from './realtime/index.ts';
import { requests } from './requests/index.ts';
import { limits, silos } from './system/limits-and-silos.ts';
import { resolvers } from './resolvers/index.ts';
import { scale } from './scale/index.ts';
import { system } from './system/index.ts';
import { workload } from './workload/index.ts';

const parts: Readonly<Record<string, Part>> = {
  ...{ system, requests, authorizer, resolvers, workload, realtime },
  ...{ limits, silos, scale },
};

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, peers: { type: 'boolean' }, only: { type: 'string' } },
});
const { quick = false, peers = false, only } = values;
const chosen = only?.split(',') ?? Object.keys(parts);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: the parts are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

if (!peers) console.error('Without the peers: --peers installs what people would use instead, and measures it beside.');
const named = Object.entries(parts).filter(([name]) => chosen.includes(name));
const [origin, from] = [originOf(process.argv.slice(2)), momentNow()];
const sections = await runParts(named, { quick, peers });
const to = momentNow();
// A part of the whole, or a glance at it, is not what the figures in the repository are.
const folder = quick || only !== undefined ? '.local/bench' : 'bench/results';
const { text, file } = await writeReport(folder, provenance(origin, from, to), sections);
process.stdout.write(text);
console.error(`Written to ${file}, after ${lengthOf(from, to)}`);
const errors = sections.flatMap((section) => section.errors);
for (const error of errors) console.error(`✗ ${error}`);
process.exitCode = errors.length === 0 ? 0 : 1;
