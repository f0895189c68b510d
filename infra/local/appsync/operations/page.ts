import { AwsError } from '../../errors.ts';

export interface PageInput {
  readonly maxResults?: string;
  readonly nextToken?: string;
}

const largestPage = 25;

/** A page of records that are in a stable order; the token is the place of the next one. */
export function pageOf<Value>(records: readonly Value[], { maxResults, nextToken }: PageInput) {
  const size = maxResults === undefined ? largestPage : Number(maxResults);
  if (!Number.isInteger(size) || size < 0 || size > largestPage) {
    throw new AwsError('BadRequestException', `maxResults is ${maxResults}, expected 0 to ${largestPage}`);
  }
  const start = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError('BadRequestException', 'The nextToken is not one of this list');
  const end = start + (size || largestPage);
  const following = end < records.length ? Buffer.from(String(end)).toString('base64url') : undefined;
  return { records: records.slice(start, end), ...(following !== undefined && { nextToken: following }) };
}

export function byName<Value>(records: readonly Value[], nameOf: (record: Value) => string): Value[] {
  return [...records].sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
}
