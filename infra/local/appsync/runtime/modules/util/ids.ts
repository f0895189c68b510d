import { now, randomBytes } from '../host.ts';
import { padStart } from '../primordials.ts';

/** A random UUID, version 4. */
export function autoId(): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = bytes.map((byte) => padStart(byte.toString(16), 2, '0')).join('');
  const parts = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)];
  return parts.join('-');
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 48 bits of milliseconds and 80 random bits: https://github.com/ulid/spec */
export function autoUlid(): string {
  return toBase([...bigEndian(now(), 6), ...randomBytes(10)], crockford, 26);
}

/** Seconds since 2014-05-13 16:53:20 UTC and 128 random bits: https://github.com/segmentio/ksuid */
export function autoKsuid(): string {
  return toBase([...bigEndian(Math.floor(now() / 1000) - 1_400_000_000, 4), ...randomBytes(16)], base62, 27);
}

function bigEndian(value: number, length: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; bytes.length < length; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

/** The number that the bytes write, in another base, with zeros in front up to the length. */
function toBase(bytes: readonly number[], digits: string, length: number): string {
  let text = '';
  let number = bytes;
  while (text.length < length) {
    let remainder = 0;
    number = number.map((byte) => {
      const value = remainder * 256 + byte;
      remainder = value % digits.length;
      return Math.floor(value / digits.length);
    });
    text = digits.charAt(remainder) + text;
  }
  return text;
}
