import { buildSync } from 'esbuild';
import { createResolverRuntime } from '../../infra/local/appsync/runtime/index.ts';

const resolvers = new URL('..', import.meta.url).pathname;

/** A step's code as it is deployed. */
export function bundleStep(step: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [`${resolvers}${step}.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
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
