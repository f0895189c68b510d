import { expect, test } from 'vitest';
import { mergeProduct } from './merge.ts';

const base = { sku: 'A', name: 'Lamp', category: null, price: 100, stock: 5 };

test('what only one side changed is taken from it', () => {
  const { merged, conflicts } = mergeProduct(base, { ...base, name: 'Desk lamp' }, { ...base, stock: 4 });
  expect(merged).toEqual({ ...base, name: 'Desk lamp', stock: 4 });
  expect(conflicts).toEqual([]);
});

test('where both changed the same, mine stands and both are told', () => {
  const { merged, conflicts } = mergeProduct(base, { ...base, price: 120 }, { ...base, price: 90 });
  expect(merged.price).toBe(120);
  expect(conflicts).toEqual([{ field: 'price', mine: 120, theirs: 90 }]);
});

test('the same change on both sides is none', () => {
  const changed = { ...base, category: 'Light' };
  expect(mergeProduct(base, changed, changed)).toEqual({ merged: changed, conflicts: [] });
});
