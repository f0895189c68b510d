import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { permissionsPage } from './permissions-page.ts';

test('docs/permissions.md is up to date', () => {
  const page = readFileSync(new URL('../docs/permissions.md', import.meta.url), 'utf8');
  expect(page, 'run: node bin/run.mjs schema/write-permissions-page.ts').toBe(permissionsPage());
});

test('a role has a mark at its own fields only', () => {
  const rows = permissionsPage().split('\n');
  const cells = (field: string): string[] | undefined =>
    rows
      .find((row) => row.includes(`\`${field}\``))
      ?.split('|')
      .slice(2, -1)
      .map((cell) => cell.trim());
  expect(cells('Mutation.createProduct')).toEqual(['✓', '✓', '']);
  expect(cells('Mutation.createUser')).toEqual(['', '✓', '']);
  expect(cells('Mutation.publishOrderChange')).toEqual(['', '', '✓']);
  expect(cells('Mutation.registerTenant')).toEqual(['✓', '✓', '✓', '']);
  expect(cells('Mutation.suspendTenant')).toEqual(['', '', '✓', '']);
});
