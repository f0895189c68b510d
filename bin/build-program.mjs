// Bundles a TypeScript program of this project with esbuild, since Node 20 does not read TypeScript; packages stay outside the bundle. A bundle
// is kept, and used again until a file that it was made of changes: to bundle takes a third of a restart.
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const day = 24 * 60 * 60 * 1000;

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

/** Answers the path of the bundled program. The current folder is the project's. */
export async function buildProgram(program) {
  const builds = resolve('.local', 'build');
  const name = relative('.', program)
    .replace(/\.ts$/, '')
    .replaceAll(/[^\w-]+/g, '-');
  // The files that it was made of the last time.
  const list = join(builds, `${name}.json`);
  const known = existsSync(list) ? fingerprint(JSON.parse(readFileSync(list, 'utf8'))) : undefined;
  const kept = known && join(builds, `${name}-${known}`);
  if (kept && existsSync(kept)) {
    utimesSync(kept, new Date(), new Date());
    return join(kept, 'program.mjs');
  }
  return join(await build(program, { builds, name, list }), 'program.mjs');
}

async function build(program, { builds, name, list }) {
  // Imported here: bin/install.mjs may just have installed it.
  const { build } = await import('esbuild');
  // Of this process's own, so that two may build the same program at once.
  const draft = join(builds, `${name}.${process.pid}`);
  const from = Date.now();
  const { metafile } = await build({
    entryPoints: { program },
    outdir: draft,
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
    metafile: true,
    logLevel: 'error',
  });
  const files = Object.keys(metafile.inputs).sort();
  const made = fingerprint(files);
  if (made === undefined || files.some((file) => statSync(file).mtimeMs >= from)) {
    // Saved while it was read: what the bundle holds of it is not known.
    process.once('exit', () => rmSync(draft, { recursive: true, force: true }));
    return draft;
  }
  const folder = join(builds, `${name}-${made}`);
  // Another process may have been quicker.
  if (existsSync(folder)) rmSync(draft, { recursive: true });
  else moveTo(folder, draft);
  writeFileSync(`${list}.${process.pid}`, JSON.stringify(files));
  renameSync(`${list}.${process.pid}`, list);
  removeOld(builds);
  return folder;
}

function moveTo(folder, draft) {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
}

/** Undefined where one of the files is gone. Paths are in the bundle, so a copy of the project has fingerprints of its own. */
function fingerprint(files) {
  if (!files.every((file) => existsSync(file))) return undefined;
  const hash = createHash('sha256').update(`${process.version}\0${resolve('.')}\0`);
  // esbuild reads the compiler's options too.
  const decisive = [fileURLToPath(import.meta.url), 'tsconfig.json'].filter((file) => existsSync(file));
  for (const file of [...files, ...decisive]) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** What nobody has used for a day, drafts of killed processes too. A program loads all of its bundle as it starts. */
function removeOld(builds) {
  for (const { name } of readdirSync(builds, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const folder = join(builds, name);
    // Undefined: another process has just removed it.
    const used = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (used < Date.now() - day) rmSync(folder, { recursive: true, force: true });
  }
}
