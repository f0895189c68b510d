import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { StoredObject } from '../service.ts';

export interface Encoded {
  readonly bytes: Uint8Array;
  readonly encoding?: string;
}

/** Source: CloudFront developer guide, "File types that CloudFront compresses", and its bounds of size. */
const compressible = /^(text\/|application\/(javascript|json|xml|manifest\+json|wasm)|image\/svg\+xml)/;
const smallest = 1000;
const largest = 10_000_000;
const encoders = {
  br: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
};
const mostKept = 500;
const kept = new Map<string, Promise<Encoded>>();

/** An object as a viewer that accepts these encodings gets it; each is compressed once. */
export async function compressed(object: StoredObject, accepted: string | undefined): Promise<Encoded> {
  const encoding = (['br', 'gzip'] as const).find((name) => accepted?.includes(name));
  const { bytes, headers, etag } = object;
  if (!encoding || !compressible.test(headers['content-type'] ?? '')) return { bytes };
  if (bytes.length < smallest || bytes.length > largest) return { bytes };
  const key = `${encoding} ${etag}`;
  let encoded = kept.get(key);
  if (!encoded) {
    encoded = encoders[encoding](bytes).then((small) => ({ bytes: small, encoding }));
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, encoded);
  }
  return await encoded;
}
