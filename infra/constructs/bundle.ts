import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, buildSync } from 'esbuild';

/** Programs of the CDK app run in the project's folder. */
export const projectFolder = process.cwd();

/** Where bundles and merged schemas are made before they become assets; this process's own, so that two may synthesize at once. */
export const buildFolder = mkdtempSync(join(tmpdir(), 'cotenant-synth-'));
process.once('exit', () => rmSync(buildFolder, { recursive: true, force: true }));

/**
 * Bundles every function of functions/ in one go and answers the folder that holds `<name>/index.cjs` for each. The AWS
 * SDK goes into the bundle: a function then runs the version it was tested with, and starts quicker.
 */
export async function bundleFunctions(): Promise<string> {
  const outdir = join(buildFolder, 'functions');
  const folders = readdirSync(join(projectFolder, 'functions'), { withFileTypes: true });
  const names = folders.filter((folder) => folder.isDirectory() && folder.name !== 'layer').map(({ name }) => name);
  await build({
    entryPoints: names.map((name) => ({
      in: join(projectFolder, 'functions', name, 'index.ts'),
      out: `${name}/index`,
    })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outdir;
}

/**
 * Bundles resolver steps (paths below resolvers/, without `.ts`) for APPSYNC_JS and answers the folder that holds
 * `<step>.js` for each. Not minified: what runs is what a person can read in the console, and minifying makes syntax that
 * APPSYNC_JS refuses.
 */
export function bundleSteps(steps: readonly string[]): string {
  const outdir = join(buildFolder, 'resolvers');
  mkdirSync(outdir, { recursive: true });
  buildSync({
    entryPoints: steps.map((step) => ({ in: join(projectFolder, 'resolvers', `${step}.ts`), out: step })),
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
