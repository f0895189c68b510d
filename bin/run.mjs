// Runs a TypeScript program of this project: `node bin/run.mjs infra/app.ts …`. Bundled with esbuild, since Node 20 does not
// read TypeScript; packages stay outside the bundle. The current folder is the project's.
import { rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Runs `program` with `arguments_` in this process. */
export async function run(program, arguments_) {
  // Imported here: bin/install.mjs may just have installed it.
  const { build } = await import('esbuild');
  // A name of this process's own, so that two may run the same program at once.
  const outfile = resolve('.local', 'build', `${basename(program, '.ts')}-${process.pid}.mjs`);
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'error',
  });
  process.argv.splice(1, process.argv.length, resolve(program), ...arguments_);
  process.setSourceMapsEnabled(true);
  process.once('exit', () => rmSync(outfile, { force: true }));
  await import(pathToFileURL(outfile).href);
}

if (basename(process.argv[1] ?? '') === 'run.mjs') {
  const [program, ...rest] = process.argv.slice(2);
  if (program === undefined) {
    console.error('Usage: node bin/run.mjs PROGRAM.ts [ARGUMENT …]');
    process.exit(2);
  }
  await run(program, rest);
}
