import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

export interface RuntimeCode {
  /** The script of a worker process. */
  readonly process: string;
  /** The script of each of its workers. */
  readonly worker: string;
}

let built: readonly { readonly name: string; readonly text: string }[] | undefined;

/** Writes ../worker/process.ts and ../worker/bootstrap.ts to a folder, each as one script; answers their paths. */
export function writeRuntimeCode(folder: string): RuntimeCode {
  built ??= build();
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of built) writeFileSync(join(folder, name), text);
  return { process: join(folder, 'process.cjs'), worker: join(folder, 'bootstrap.cjs') };
}

function build() {
  const entryPoints = ['process', 'bootstrap'].map((name) =>
    fileURLToPath(new URL(`../worker/${name}.ts`, import.meta.url)),
  );
  for (const entry of entryPoints) {
    if (!existsSync(entry)) throw new Error(`The source of Lambda's workers is not where it is looked for: ${entry}`);
  }
  const { outputFiles } = buildSync({
    entryPoints,
    outdir: '.',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  return outputFiles.map(({ path, text }) => ({ name: basename(path), text }));
}
