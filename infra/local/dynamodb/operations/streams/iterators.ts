import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../../errors.ts';

/** The engine's iterators can be made up by anybody: ours are bound to the stream that they were given for. */
const key = randomBytes(32);

const seal = (streamArn: string, iterator: string): string =>
  createHmac('sha256', key).update(`${streamArn}|${iterator}`).digest('base64url');

/** `<stream ARN>|<seal>|<the engine's iterator>` */
export function wrapIterator(streamArn: string, iterator: string): string {
  return `${streamArn}|${seal(streamArn, iterator)}|${iterator}`;
}

/**
 * @throws AwsError ExpiredIteratorException for one that this process did not give, as after a restart; AWS's last 15 minutes
 */
export function unwrapIterator(wrapped: string): { readonly streamArn: string; readonly iterator: string } {
  const [streamArn = '', tag = '', ...rest] = wrapped.split('|');
  const iterator = rest.join('|');
  const expected = Buffer.from(seal(streamArn, iterator));
  const got = Buffer.from(tag);
  if (got.length === expected.length && timingSafeEqual(got, expected)) return { streamArn, iterator };
  throw new AwsError('ExpiredIteratorException', 'The shard iterator is expired: get another one');
}
