/** Generates the apps' documents and builds the apps: `node bin/run.mjs infra/constructs/build-site.ts FOLDER`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'vite';
import { generateDocuments } from './generate-documents.ts';

const [outDir] = process.argv.slice(2);
if (outDir === undefined) throw new Error('No folder was given, expected the one that the site is to be built in');
for (const { path, content } of await generateDocuments()) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
await build({ logLevel: 'error', build: { outDir } });
