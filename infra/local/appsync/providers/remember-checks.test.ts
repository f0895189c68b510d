import { expect, test } from 'vitest';
import { rememberChecks } from './remember-checks.ts';

test('a code is checked once, until so many others came that it is forgotten', () => {
  const checked: string[] = [];
  const check = rememberChecks((code) => {
    checked.push(code);
    return code === 'bad' ? [{ line: 1, column: 1, message: 'bad' }] : [];
  }, 2);
  for (const code of ['bad', 'good', 'bad', 'good', 'bad']) expect(check(code)).toHaveLength(code === 'bad' ? 1 : 0);
  expect(checked).toEqual(['bad', 'good']);
  check('other');
  expect(check('bad')).toHaveLength(1);
  expect(checked).toEqual(['bad', 'good', 'other']);
  check('good');
  expect(checked).toEqual(['bad', 'good', 'other', 'good']);
});
