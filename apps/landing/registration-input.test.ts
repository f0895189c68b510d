import { expect, test } from 'vitest';
import { checkField, checkFields, createTokens, suggestSlug } from './registration-input.ts';

test.each([
  ['Acme', 'acme'],
  ['Ada & Söhne GmbH', 'ada-sohne-gmbh'],
  ['  3 Little Pigs, Inc. ', 'little-pigs-inc'],
  ["Mama's", 'mamas'],
  ['漢字', ''],
  [`${'x'.repeat(31)} y`, 'x'.repeat(31)],
])('%j could be called %j', (name, slug) => {
  expect(suggestSlug(name)).toBe(slug);
});

test('a suggestion of three characters or more is a slug that passes', () => {
  for (const name of ['Acme', 'Ada & Söhne GmbH', 'x'.repeat(50), 'a-b-c-', 'A  B  C'])
    expect(checkField('slug', suggestSlug(name))).toBeUndefined();
});

test.each(['ab', 'Acme', 'a--b', '-ab', 'ab-', '1ab', 'a b', 'x'.repeat(33)])('%j is no slug', (slug) => {
  expect(checkField('slug', slug)).toBeDefined();
});

test('all problems at once', () => {
  const fields = { companyName: ' ', slug: 'acme', adminName: 'Ada', adminEmail: 'ada@' };
  expect(Object.keys(checkFields(fields))).toEqual(['companyName', 'adminEmail']);
});

test('the same input keeps its client token', () => {
  let count = 0;
  const inputOf = createTokens(() => `token-${(count += 1)}`);
  const fields = { companyName: 'Acme', slug: 'acme', adminName: 'Ada', adminEmail: 'ada@acme.example' };
  const tokens = [inputOf(fields, 'BASIC'), inputOf({ ...fields, slug: 'acme-2' }, 'BASIC'), inputOf(fields, 'BASIC')];
  expect(tokens.map(({ clientToken }) => clientToken)).toEqual(['token-1', 'token-2', 'token-1']);
});
