import { buildSync } from 'esbuild';
import { createResolverRuntime } from '../../infra/local/appsync/runtime/index.ts';

const resolvers = new URL('..', import.meta.url).pathname;

const settings = {
  bundle: true,
  write: false,
  format: 'esm',
  target: 'esnext',
  external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
} as const;

/** Every file that goes into the steps' bundles. */
export function stepSources(steps: readonly string[]): string[] {
  const { metafile } = buildSync({
    ...settings,
    external: [...settings.external],
    entryPoints: steps.map((step) => `${resolvers}${step}.ts`),
    outdir: resolvers,
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}

/** A step's code as it is deployed. */
export function bundleStep(step: string): string {
  const { outputFiles } = buildSync({
    ...settings,
    external: [...settings.external],
    entryPoints: [`${resolvers}${step}.ts`],
  });
  return outputFiles[0]?.text ?? '';
}

/** Compiles steps, each once; code that AppSync would refuse throws. */
export function createStepCompiler(now: () => number) {
  const runtime = createResolverRuntime({
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    clock: { now },
  });
  const bundles = new Map<string, string>();
  return (step: string) => {
    const code = bundles.get(step) ?? bundleStep(step);
    bundles.set(step, code);
    return runtime.compile(code, step);
  };
}
