import { createHash } from 'node:crypto';

/** Lower-case letters and digits, the same for the same token: a retried creation finds what it made before. */
export function identifierOf(token: string, purpose: string, length = 26): string {
  const digest = createHash('sha256').update(`${purpose}\0${token}`).digest('hex');
  return BigInt(`0x${digest}`).toString(36).padStart(length, '0').slice(-length);
}
