/** Writes the tables of docs/security.md anew: `node bin/run.mjs test/proof/guards/write-page.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withGuardTables } from './guard-tables.ts';
import { areas } from './guards.ts';

const path = 'docs/security.md';
writeFileSync(path, withGuardTables(readFileSync(path, 'utf8'), areas));
