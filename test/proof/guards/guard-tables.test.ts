import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TablePlaceError, withGuardTables } from './guard-tables.ts';
import { areas, guards } from './guards.ts';

test('docs/security.md has every guard: if not, run test/proof/guards/write-page.ts', () => {
  const page = readFileSync('docs/security.md', 'utf8');
  expect(page).toBe(withGuardTables(page, areas));
});

test('no guard is there twice', () => {
  const names = guards.map(({ name }) => name);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});

test('a page without the place of a table is refused by name', () => {
  expect(() => withGuardTables('', areas.slice(0, 1))).toThrow(TablePlaceError);
});
