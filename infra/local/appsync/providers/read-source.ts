import { AwsError } from '../../errors.ts';
import type { Objects } from '../../service.ts';
import type { PropertyReader } from './property-reader.ts';

/** A text that a template gives inline (`Code`) or by where it lies in S3 (`CodeS3Location`). */
export async function readSource(reader: PropertyReader, name: string, objects: Objects): Promise<string> {
  const inline = reader.optionalText(name);
  const location = reader.optionalText(`${name}S3Location`);
  if ((inline === undefined) === (location === undefined)) {
    throw reader.refuse(
      name,
      `either ${name} or ${name}S3Location`,
      inline === undefined ? undefined : 'given with the other',
    );
  }
  if (inline !== undefined) return inline;
  const match = /^s3:\/\/([^/]+)\/(.+)$/.exec(location ?? '');
  if (!match) throw reader.refuse(`${name}S3Location`, 's3://bucket/key', location);
  const [, bucket = '', key = ''] = match;
  const bytes = await objects.read(bucket, key);
  return bytes.toString('utf8');
}

/** @throws AwsError `BadRequestException` if the text has more UTF-8 bytes than AppSync takes */
export function requireSize(what: string, text: string, maximumBytes: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maximumBytes) return;
  throw new AwsError('BadRequestException', `${what} has ${bytes} bytes; at most ${maximumBytes} are taken`);
}
