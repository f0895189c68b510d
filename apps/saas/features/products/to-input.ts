import type { ProductInput, ProductValues } from './product-form.tsx';

/** A price as one types it: `1250` cents → `12.50`. */
function typed(minorUnits: number, currency: string): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (minorUnits / 10 ** digits).toFixed(digits);
}

export function toInput({ sku, name, category, price, stock }: ProductValues, currency: string): ProductInput {
  return { sku, name, category: category ?? '', price: typed(price, currency), stock: String(stock) };
}

export const emptyInput: ProductInput = { sku: '', name: '', category: '', price: '', stock: '0' };
