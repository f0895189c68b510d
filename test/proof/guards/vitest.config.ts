import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import project from '../../../vitest.config.ts';

const folder = process.env['GUARD_COPIES'];
if (folder === undefined) throw new Error('GUARD_COPIES is not set: this configuration is run by tests-without.ts');
const { projects: _projects, globalSetup: _setup, ...settings } = project.test ?? {};

/**
 * Runs the test files of all copies in few processes: what is the project's has a path of its own in each copy, and packages, whose
 * loading takes most of a small test's time, are loaded once.
 */
export default defineConfig({
  ...project,
  root: folder,
  test: {
    ...settings,
    include: JSON.parse(readFileSync(join(folder, 'tests.json'), 'utf8')) as string[],
    isolate: false,
    maxWorkers: 2,
  },
});
