import { createHash } from 'node:crypto';
import type { RandomBytes } from '../users/passwords.ts';

const lowerCase = 'abcdefghijklmnopqrstuvwxyz0123456789';
const bothCases = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${lowerCase}`;

/** Bytes for generated ids: random, or, for a resource of a stack, the same at each retry of its creation. */
export function bytesFrom(token: string): RandomBytes {
  return (size) => {
    const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, block) =>
      createHash('sha256').update(`${block}\0${token}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, size);
  };
}

/** `us-east-1_AbCdEf123` */
export function newPoolId(region: string, bytes: RandomBytes): string {
  return `${region}_${characters(bothCases, 9, bytes)}`;
}

/** 26 characters. */
export function newClientId(bytes: RandomBytes): string {
  return characters(lowerCase, 26, bytes);
}

/** 51 characters. */
export function newClientSecret(bytes: RandomBytes): string {
  return characters(lowerCase, 51, bytes);
}

function characters(alphabet: string, count: number, bytes: RandomBytes): string {
  const source = bytes(count * 4);
  return Array.from({ length: count }, (_, place) =>
    alphabet.charAt(source.readUInt32BE(place * 4) % alphabet.length),
  ).join('');
}
