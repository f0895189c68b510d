import { z } from 'zod';
import { AwsError } from '../errors.ts';
import type { Secrets } from './secrets.ts';

/** Of a list: 0 to 60, as AWS has it. */
export const limit = z.int().min(0).max(60).default(60);
export const pageToken = z.string().min(1).max(4096).optional();

interface Place {
  readonly offset: number;
}

/** One page of a list. Tokens are sealed and bound to the query: another's, or a made-up one, is refused. */
export function page<Item>(
  secrets: Pick<Secrets, 'seal' | 'open'>,
  query: string,
  items: readonly Item[],
  size: number,
  token: string | undefined,
): { items: readonly Item[]; nextToken?: string } {
  const count = size === 0 ? 60 : size;
  const offset = token === undefined ? 0 : placeOf<Place>(secrets, query, token).offset;
  const end = offset + count;
  const nextToken = end < items.length ? tokenOf(secrets, query, { offset: end }) : undefined;
  return { items: items.slice(offset, end), ...(nextToken && { nextToken }) };
}

export function tokenOf(secrets: Pick<Secrets, 'seal'>, query: string, place: object): string {
  return secrets.seal(`page ${query}`, place).toString('base64url');
}

export function placeOf<Where>(secrets: Pick<Secrets, 'open'>, query: string, token: string): Where {
  const place = secrets.open(`page ${query}`, Buffer.from(token, 'base64url'));
  if (place === undefined)
    throw new AwsError('InvalidParameterException', 'Invalid pagination token: expected one of this list');
  return place as Where;
}
