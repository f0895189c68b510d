import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkCode } from '../../infra/local/appsync/language/index.ts';
import { bundleStep } from '../testing/bundle-step.ts';
import { pipelines } from './pipelines.ts';

const named = [...new Set(Object.values(pipelines).flatMap((steps) => steps.map(({ step }) => step)))].sort();

test.each(named)('%s is APPSYNC_JS once bundled', (step) => {
  expect(checkCode(bundleStep(`control-plane/${step}`))).toEqual([]);
});

test('every step that is written is used', () => {
  const written = readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'pipelines.ts')
    .map((file) => file.slice(0, -'.ts'.length));
  expect(written.sort()).toEqual(named);
});
