import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { withGeneratedPart } from '../generated-part.ts';
import { quotaTables } from './bindings.ts';
import { readCounts } from './read-counts.ts';

const page = 'docs/scale.md';
const tables = quotaTables(await readCounts());
process.stdout.write(`${tables}\n`);
await writeFile(page, withGeneratedPart(await readFile(page, 'utf8'), 'quotas', tables));
execFileSync('node_modules/.bin/prettier', ['--write', page], { stdio: 'ignore' });
