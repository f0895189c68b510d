import type { RandomBytes } from './dependencies.ts';

/** A version 4 UUID. Source: RFC 9562, section 5.4. */
export function uuid(randomBytes: RandomBytes): string {
  return formatUuid(randomBytes(16));
}

/** The first 16 bytes as a version 4 UUID; also of a hash, where the id has to be the same each time. */
export function formatUuid(source: Uint8Array): string {
  const bytes = Buffer.from(source.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
