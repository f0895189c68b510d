/** The lines of an order before it is placed: what a client may ask for, and what the products make of it. */
import type { OrderLine, OrderLineInput, UserErrorCode } from '../../../generated/application.ts';
import { isIdentifier } from '../identifier.ts';
import { userError, type UserError } from '../userError.ts';
import { checkInteger, invalidInput } from '../validation.ts';
import type { StoredProduct } from './product.ts';

const mostLines = 50;
const mostOfOne = 10000;
/** GraphQL's Int. */
const mostTotal = 2147483647;

type LineError = UserError<UserErrorCode>;

export function checkLines(lines: readonly OrderLineInput[]): LineError[] {
  if (lines.length === 0) return [invalidInput('lines', `are empty, expected 1 to ${mostLines}`)];
  if (lines.length > mostLines) {
    return [userError('TOO_MANY_LINES', 'lines', `lines are ${lines.length}, expected 1 to ${mostLines}`)];
  }
  const productIds = lines.map((line) => line.productId);
  return lines.flatMap((line, index): LineError[] => {
    if (!isIdentifier(line.productId)) return [productGone(index)];
    if (productIds.indexOf(line.productId) !== index) {
      return [invalidInput(`lines.${index}.productId`, 'is in an earlier line too, expected each product once')];
    }
    const error = checkInteger(`lines.${index}.quantity`, line.quantity, { least: 1, most: mostOfOne });
    return error ? [error] : [];
  });
}

/** What keeps this line from being sold as the product is now, or null. */
export function lineObstacle(index: number, quantity: number, product: StoredProduct | null): LineError | null {
  if (!product) return productGone(index);
  return product.stock < quantity ? outOfStock(index, product) : null;
}

/** At the product's price and name of this moment, whatever they become. */
export function toLine(product: StoredProduct, quantity: number): OrderLine {
  return { productId: product.productId, name: product.name, quantity, unitPrice: product.price };
}

export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((total, line) => total + line.quantity * line.unitPrice, 0);
}

export function checkTotal(total: number): LineError | null {
  return total > mostTotal ? invalidInput('lines', `add up to ${total}, expected at most ${mostTotal}`) : null;
}

export function productGone(index: number): LineError {
  return userError('PRODUCT_GONE', `lines.${index}.productId`, 'There is no such product.');
}

export function outOfStock(index: number, product: StoredProduct): LineError {
  return userError('OUT_OF_STOCK', `lines.${index}.quantity`, `Only ${product.stock} of ${product.name} left.`);
}

export function productChanged(index: number, message: string): LineError {
  return userError('PRODUCT_CHANGED', `lines.${index}.productId`, message);
}
