import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

let script: string | undefined;

/** The code that every worker evaluates: ../worker/bootstrap.ts in one script, made in memory at the first call. */
export function workerScript(): string {
  script ??= build();
  return script;
}

function build(): string {
  const entry = fileURLToPath(new URL('../worker/bootstrap.ts', import.meta.url));
  if (!existsSync(entry)) throw new Error(`The source of Lambda's workers is not where it is looked for: ${entry}`);
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (!output) throw new Error(`esbuild made nothing of ${entry}`);
  return output.text;
}
