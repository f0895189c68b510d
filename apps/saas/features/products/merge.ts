import type { ProductValues } from './product-form.tsx';

type Field = keyof ProductValues;
const fields: readonly Field[] = ['name', 'sku', 'category', 'price', 'stock'];

export interface Conflict {
  readonly field: Field;
  readonly mine: string | number | null;
  readonly theirs: string | number | null;
}

export interface Merge {
  /** What only one side changed is taken from it; where both did, mine stands till the person chooses. */
  readonly merged: ProductValues;
  readonly conflicts: readonly Conflict[];
}

/** Three ways: what the form began with, what I made of it, and what is stored now. */
export function mergeProduct(base: ProductValues, mine: ProductValues, theirs: ProductValues): Merge {
  const conflicts: Conflict[] = [];
  const merged = Object.fromEntries(
    fields.map((field) => {
      const [was, my, their] = [base[field], mine[field], theirs[field]];
      if (my === was) return [field, their];
      if (their !== was && their !== my) conflicts.push({ field, mine: my, theirs: their });
      return [field, my];
    }),
  ) as unknown as ProductValues;
  return { merged, conflicts };
}
