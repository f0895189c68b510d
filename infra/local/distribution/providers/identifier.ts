import { createHash } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `E` and thirteen letters and digits, as CloudFront makes them; the same for every try of one creation. */
export function identifierOf(token: string): string {
  const bytes = [...createHash('sha256').update(token).digest()].slice(0, 13);
  return `E${bytes.map((byte) => alphabet[byte % alphabet.length]).join('')}`;
}
