import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What a token says, unverified. */
export function readJwt(token: string): Jwt {
  const [header = '', payload = ''] = token.split('.');
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Jwt['payload'];
  return { header: decode(header), payload: decode(payload) };
}

/** A token with these parts; `sign` makes its last part of the two before. */
export function writeJwt({ header, payload }: Jwt, sign: (text: string) => string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${sign(text)}`;
}

export const unsigned = (): string => '';

export function signedByHmac(key: string): (text: string) => string {
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}

export function signedByRsa(key: KeyObject): (text: string) => string {
  return (text) => createSign('RSA-SHA256').update(text).sign(key, 'base64url');
}

/** An RSA key pair that no pool knows. */
export function anotherKey(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}
