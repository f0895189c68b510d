import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The code that every worker evaluates: ../worker/bootstrap.ts in one script, made in memory. */
export function buildBootstrap(): string {
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
  const [script] = outputFiles;
  if (!script) throw new Error(`esbuild made nothing of ${entry}`);
  return script.text;
}
