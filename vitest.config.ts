import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const testsBesideTheirSource = [
  'apps/**/*.test.ts',
  'infra/**/*.test.ts',
  'functions/**/*.test.ts',
  'resolvers/**/*.test.ts',
  'schema/**/*.test.ts',
  'bench/**/*.test.ts',
];

export default defineConfig({
  // Packages outside Vite get this one too; of two, neither takes the other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most of a test's time it waits for the system that it started; each of more would need a gigabyte.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    silent: 'passed-only',
    globalSetup: 'test/support/run.ts',
    env: {
      // The local cloud takes any key whose secret is the same word.
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      POWERTOOLS_METRICS_NAMESPACE: 'Cotenant',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    projects: [
      {
        extends: true,
        // What functions log in tests that pass is nobody's to read; tests of logs set the level.
        test: { name: 'unit', include: testsBesideTheirSource, env: { POWERTOOLS_LOG_LEVEL: 'SILENT' } },
      },
      { extends: true, test: { name: 'integration', include: ['test/integration/**/*.test.ts'], testTimeout: 60_000 } },
      { extends: true, test: { name: 'proof', include: ['test/proof/**/*.test.ts'] } },
      { extends: true, test: { name: 'attack', include: ['test/attack/**/*.test.ts'], testTimeout: 60_000 } },
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
});
