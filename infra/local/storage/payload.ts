import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { IncomingMessage } from 'node:http';
import { AwsError } from '../errors.ts';

export interface Payload {
  readonly bytes: Buffer;
  /** `{'x-amz-checksum-crc32': 'AAAAAA=='}`, checked. */
  readonly checksum: Readonly<Record<string, string>>;
}

const digests: Readonly<Record<string, (bytes: Buffer) => string>> = {
  'x-amz-checksum-crc32': (bytes) => {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(crc32(bytes));
    return digest.toString('base64');
  },
  'x-amz-checksum-sha1': (bytes) => createHash('sha1').update(bytes).digest('base64'),
  'x-amz-checksum-sha256': (bytes) => createHash('sha256').update(bytes).digest('base64'),
  'content-md5': (bytes) => createHash('md5').update(bytes).digest('base64'),
};

/**
 * The bytes of a PUT, taken out of `aws-chunked` framing where it is used, and checked against the checksum in the header
 * or in the trailer. Source: Amazon S3 API Reference, "Signature calculations: trailing headers".
 */
export function readPayload(headers: IncomingMessage['headers'], body: Buffer): Payload {
  const framed =
    String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
    /aws-chunked/.test(headers['content-encoding'] ?? '');
  const { bytes, trailers } = framed ? unframe(body) : { bytes: body, trailers: {} };
  const sent: Record<string, string> = { ...trailers };
  for (const [name, value] of Object.entries(headers)) {
    if (/^x-amz-checksum-(crc|sha)|^content-md5$/.test(name) && typeof value === 'string') sent[name] = value;
  }
  for (const [name, value] of Object.entries(sent)) {
    const digest = digests[name];
    if (!digest) throw new AwsError('NotImplemented', `${name} cannot be checked here: use CRC32, SHA1 or SHA256`, 501);
    if (digest(bytes) !== value)
      throw new AwsError('BadDigest', `The ${name} you specified did not match what we received.`);
  }
  const checksum = Object.fromEntries(Object.entries(sent).filter(([name]) => name !== 'content-md5'));
  return { bytes, checksum };
}

function unframe(body: Buffer): { bytes: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0) throw incomplete();
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!(size >= 0)) throw incomplete();
    at = lineEnd + 2;
    if (size === 0) break;
    if (at + size > body.length) throw incomplete();
    chunks.push(body.subarray(at, at + size));
    at += size + 2;
  }
  const trailers: Record<string, string> = {};
  for (const line of body.toString('utf8', at).split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (name.startsWith('x-amz-checksum-')) trailers[name] = line.slice(colon + 1).trim();
  }
  return { bytes: Buffer.concat(chunks), trailers };
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The aws-chunked body ends before its last chunk');
}
