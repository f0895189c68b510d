import { AwsError } from '../../errors.ts';

/** A page of a list; the token is the place of the next one. */
export function page<Item>(all: readonly Item[], token: string | undefined, size: number) {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) throw new AwsError('InvalidNextToken', 'NextToken is none of ours.');
  const next = start + size < all.length ? String(start + size) : undefined;
  return { items: all.slice(start, start + size), next };
}
