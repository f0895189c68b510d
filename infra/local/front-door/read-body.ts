import type { IncomingMessage } from 'node:http';
import { AwsError } from '../errors.ts';

/** The whole body. One that is larger than `limit` bytes is refused as soon as that is seen. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) throw tooLarge(declared, limit);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(length, limit);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

function tooLarge(got: number, limit: number): AwsError {
  return new AwsError(
    'RequestEntityTooLargeException',
    `The body has ${got} bytes or more; at most ${limit} are taken`,
    413,
  );
}
