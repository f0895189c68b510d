import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type BuildOptions, buildSync } from 'esbuild';

/** Programs of the CDK app run in the project's folder. */
export const projectFolder = process.cwd();

/** Where bundles and merged schemas are made before they become assets; this process's own, so that two may synthesize at once. */
export const buildFolder = mkdtempSync(join(tmpdir(), 'cotenant-synth-'));
process.once('exit', () => rmSync(buildFolder, { recursive: true, force: true }));

const forNode = {
  bundle: true,
  platform: 'node' as const,
  target: 'node20',
  mainFields: ['module', 'main'],
  logLevel: 'error' as const,
} satisfies BuildOptions;

/**
 * Bundles functions of functions/ (every one unless said) and answers the folder that holds `<name>/index.cjs` for each. The AWS SDK
 * goes into the bundle: a function then runs the version it was tested with, and starts quicker.
 *
 * In two steps, which take two thirds of the time of one: the first reads all packages once and leaves out what no function uses, the
 * second makes one file for each function of what is left. (Functions that share files at run time are built sooner still, but load slower.)
 */
export async function bundleFunctions(names: readonly string[] = everyFunction()): Promise<string> {
  const outdir = join(buildFolder, 'functions');
  const parts = join(buildFolder, 'function-parts');
  await build({
    ...forNode,
    entryPoints: names.map((name) => ({ in: join(projectFolder, 'functions', name, 'index.ts'), out: name })),
    outdir: parts,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    format: 'esm',
    keepNames: true,
  });
  await build({
    ...forNode,
    entryPoints: names.map((name) => ({ in: join(parts, `${name}.mjs`), out: `${name}/index` })),
    outdir,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
  });
  return outdir;
}

function everyFunction(): string[] {
  const folders = readdirSync(join(projectFolder, 'functions'), { withFileTypes: true });
  return folders.filter((folder) => folder.isDirectory() && folder.name !== 'layer').map(({ name }) => name);
}

/**
 * Bundles resolver steps (paths below `sources`, without `.ts`) for APPSYNC_JS and answers the folder that holds
 * `<step>.js` for each. Not minified: what runs is what a person can read in the console, and minifying makes syntax that
 * APPSYNC_JS refuses.
 */
export function bundleSteps(steps: readonly string[], sources = join(projectFolder, 'resolvers')): string {
  const outdir = join(buildFolder, 'resolvers');
  mkdirSync(outdir, { recursive: true });
  buildSync({
    entryPoints: steps.map((step) => ({ in: join(sources, `${step}.ts`), out: step })),
    outdir,
    bundle: true,
    platform: 'neutral',
    target: 'esnext',
    format: 'esm',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    logLevel: 'error',
  });
  return outdir;
}
