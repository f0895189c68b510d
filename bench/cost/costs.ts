import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { withGeneratedPart } from '../generated-part.ts';
import { costTable } from './cost-table.ts';
import { metersFile, readMeters } from './meters.ts';
import { takeMeters } from './take-meters.ts';

process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';

const page = 'docs/scale.md';
const flags = process.argv.slice(2);
const quick = flags.includes('--quick');

/** Meters each operation, keeps what was metered, and writes the table into docs/scale.md; `--quick` only prints it. */
async function main(): Promise<void> {
  const meters = flags.includes('--recorded') ? readMeters() : await takeMeters({ samples: quick ? 1 : 3 });
  process.stdout.write(`${costTable(meters)}\n`);
  if (quick) return;
  await writeFile(metersFile, JSON.stringify(meters));
  await writeFile(page, withGeneratedPart(await readFile(page, 'utf8'), 'costs', costTable(meters)));
  execFileSync('node_modules/.bin/prettier', ['--write', metersFile, page], { stdio: 'ignore' });
}

await main();
