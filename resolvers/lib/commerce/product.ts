import type { Product, UserErrorCode } from '../../../generated/application.ts';
import { userError } from '../userError.ts';
import { checkInteger, checkText, trimmed } from '../validation.ts';

/** An item of Products, its key's partition left out. */
export interface StoredProduct {
  readonly productId: string;
  readonly tenantId: string;
  readonly sku: string;
  readonly name: string;
  readonly category?: string;
  readonly price: number;
  readonly stock: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ProductPayload {
  readonly product: Product | null;
  readonly userErrors: readonly ReturnType<typeof userError<UserErrorCode>>[];
}

export function toProduct(item: StoredProduct): Product {
  return {
    id: item.productId,
    sku: item.sku,
    name: item.name,
    category: item.category ?? null,
    price: item.price,
    stock: item.stock,
    version: item.version,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
  };
}

/** The parts of a product that people write. */
export interface ProductFields {
  sku?: string;
  name?: string;
  /** Null: the product has no category (any more). */
  category?: string | null;
  price?: number;
  stock?: number;
}

interface ProductInput {
  readonly sku?: string | null;
  readonly name?: string | null;
  readonly category?: string | null;
  readonly price?: number | null;
  readonly stock?: number | null;
}

/** What an input sets: texts trimmed, what it leaves out (or null, the category apart) left out. */
export function productFields(input: ProductInput): ProductFields {
  const fields: ProductFields = {};
  const sku = trimmed(input.sku);
  const name = trimmed(input.name);
  if (sku !== null) fields.sku = sku;
  if (name !== null) fields.name = name;
  if (Object.hasOwn(input, 'category')) fields.category = trimmed(input.category) || null;
  if (typeof input.price === 'number') fields.price = input.price;
  if (typeof input.stock === 'number') fields.stock = input.stock;
  return fields;
}

const most = 1000000000;

/** One answer a field: its user error or null. */
export function checkProductFields({ sku, name, category, price, stock }: ProductFields) {
  return [
    sku === undefined ? null : checkText('sku', sku, { shortest: 1, longest: 64 }),
    name === undefined ? null : checkText('name', name, { shortest: 1, longest: 200 }),
    category ? checkText('category', category, { shortest: 1, longest: 100 }) : null,
    price === undefined ? null : checkInteger('price', price, { least: 0, most }),
    stock === undefined ? null : checkInteger('stock', stock, { least: 0, most }),
  ];
}

/** The same for a product that never was, one that is gone and one of another tenant. */
export const noSuchProduct: ProductPayload = {
  product: null,
  userErrors: [userError('NOT_FOUND', 'id', 'There is no such product.')],
};

export function productConflict(item: StoredProduct): ProductPayload {
  const message = `The product was changed since; it is at version ${item.version} now.`;
  return { product: toProduct(item), userErrors: [userError('VERSION_CONFLICT', 'expectedVersion', message)] };
}
