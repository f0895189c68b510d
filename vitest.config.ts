import { defineConfig } from 'vitest/config';

const testsBesideTheirSource = [
  'infra/**/*.test.ts',
  'functions/**/*.test.ts',
  'resolvers/**/*.test.ts',
  'schema/**/*.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    projects: [
      { extends: true, test: { name: 'unit', include: testsBesideTheirSource } },
      { extends: true, test: { name: 'integration', include: ['test/integration/**/*.test.ts'], testTimeout: 60_000 } },
      { extends: true, test: { name: 'attack', include: ['test/attack/**/*.test.ts'], testTimeout: 60_000 } },
    ],
  },
});
