import { expect, test } from 'vitest';
import type { FunctionDocument } from '../model.ts';
import { initializeAhead } from './initialize-ahead.ts';

const named = (name: string) => ({ name, logging: { group: `/aws/lambda/${name}` } } as FunctionDocument);

test('what was used last is started first, one after the other; what never was comes last', async () => {
  const used: Readonly<Record<string, number>> = {
    '/aws/lambda/old': 1,
    '/aws/lambda/new': 3,
    '/aws/lambda/middle': 2,
  };
  const steps: string[] = [];
  const pool = {
    warm: async ({ name }: FunctionDocument) => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} is there`);
    },
  };
  const functions = ['never', 'old', 'new', 'middle'].map(named);
  await initializeAhead(pool, functions, { lastWritten: (group) => used[group] ?? 0 });
  expect(steps).toEqual(['new', 'middle', 'old', 'never'].flatMap((name) => [`${name} begins`, `${name} is there`]));
});
