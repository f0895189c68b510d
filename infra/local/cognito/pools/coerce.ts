import { z } from 'zod';

/** CloudFormation carries booleans and numbers as text wherever they come from a parameter. */
export const flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());

export const integer = (minimum: number, maximum: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.number().int().min(minimum).max(maximum),
  );

/** Limits of attributes are texts in the API, `'256'`. */
export const decimalText = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string().regex(/^-?\d+$/),
);
