// Runs a TypeScript program of this project: `node bin/run.mjs infra/app.ts …`. Bundled with esbuild, since Node 20 does not
// read TypeScript; packages stay outside the bundle. The current folder is the project's.
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** In a bundle every file would take the bundle's place for its own; ours find their neighbours by `import.meta`. */
const ownPlace = {
  name: 'own-place',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('import.meta.')) return undefined;
      const contents = source
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
      return { contents, loader: 'ts' };
    });
  },
};

/** Runs `program` with `arguments_` in this process, and answers what it exports. */
export async function run(program, arguments_) {
  // Imported here: bin/install.mjs may just have installed it.
  const { build } = await import('esbuild');
  // A folder of this process's own, so that two may run the same program at once.
  const outdir = resolve('.local', 'build', `${basename(program, '.ts')}-${process.pid}`);
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: { program },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What is imported dynamically is loaded then and not before.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    plugins: [ownPlace],
    logLevel: 'error',
  });
  process.argv.splice(1, process.argv.length, resolve(program), ...arguments_);
  process.setSourceMapsEnabled(true);
  return await import(pathToFileURL(join(outdir, 'program.mjs')).href);
}

if (basename(process.argv[1] ?? '') === 'run.mjs') {
  const [program, ...rest] = process.argv.slice(2);
  if (program === undefined) {
    console.error('Usage: node bin/run.mjs PROGRAM.ts [ARGUMENT …]');
    process.exit(2);
  }
  await run(program, rest);
}
