import { expect, test } from 'vitest';
import { readConsoleSearch } from './search.ts';

test('an operation and a workspace are read from the address', () => {
  const search = { tenant: 'acme', query: '{ me { name } }', variables: '{ "first": 1' };
  expect(readConsoleSearch(search)).toEqual(search);
});

test('variables that the router took for JSON are text again', () => {
  expect(readConsoleSearch({ variables: { first: 1 } })).toEqual({ variables: '{\n  "first": 1\n}' });
});

test('anything else is left out', () => {
  expect(readConsoleSearch({ tenant: 7, query: '', variables: null, other: 'one' })).toEqual({});
});
