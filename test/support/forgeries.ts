import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { anotherKey, readJwt, signedByHmac, signedByRsa, unsigned, writeJwt } from './tokens.ts';

export type PublishedKey = JsonWebKey & { readonly kid: string; readonly pem: string };

/** Makes a token that nobody issued, from one that was issued and the keys that everyone can read. */
export type Forgery = (token: string, published: readonly PublishedKey[]) => string;

/** What a pool publishes; `issuer` is its address. */
export async function publishedKeys(issuer: string): Promise<PublishedKey[]> {
  const response = await fetch(`${issuer}/.well-known/jwks.json`);
  const { keys } = (await response.json()) as { keys: (JsonWebKey & { kid: string })[] };
  return keys.map((key) => ({
    ...key,
    pem: createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
  }));
}

const mine = anotherKey();
const mySignature = signedByRsa(mine.privateKey);

const header = (changes: object): Forgery => {
  return (token) => {
    const jwt = readJwt(token);
    return writeJwt({ header: { ...jwt.header, ...changes }, payload: jwt.payload }, mySignature);
  };
};
const claims = (changes: object, sign?: (text: string) => string): Forgery => {
  return (token) => {
    const jwt = readJwt(token);
    return writeJwt({ ...jwt, payload: { ...jwt.payload, ...changes } }, sign ?? (() => token.split('.')[2] ?? ''));
  };
};
const hmac = (key: (published: readonly PublishedKey[]) => string): Forgery => {
  return (token, published) => {
    const jwt = readJwt(token);
    return writeJwt({ header: { ...jwt.header, alg: 'HS256' }, payload: jwt.payload }, signedByHmac(key(published)));
  };
};
const algorithm = (alg: string): Forgery => {
  return (token) => writeJwt({ header: { ...readJwt(token).header, alg }, payload: readJwt(token).payload }, unsigned);
};
const parts = (token: string): string[] => token.split('.');

/** By what is wrong with them. */
export const forgeries: readonly (readonly [string, Forgery])[] = [
  ['a word', () => 'garbage'],
  ['three parts of nothing', () => 'a.b.c'],
  ['four parts', (token) => `${token}.${parts(token)[2] ?? ''}`],
  ['two parts', (token) => parts(token).slice(0, 2).join('.')],
  [
    'JSON null in each part',
    () => ['null', 'null', ''].map((part) => Buffer.from(part).toString('base64url')).join('.'),
  ],
  ['cut short', (token) => token.slice(0, -10)],
  [
    'a letter of the signature changed',
    (token) => `${token.slice(0, -5)}${token.at(-5) === 'A' ? 'B' : 'A'}${token.slice(-4)}`,
  ],
  ['twice in one header', (token) => `${token}, ${token}`],
  ['15 KB', () => 'x'.repeat(15_000)],
  ['no signature', (token) => `${parts(token).slice(0, 2).join('.')}.`],
  ['the signature of another part', (token) => `${parts(token)[0]}.${parts(token)[0]}.${parts(token)[2]}`],
  ['alg none', algorithm('none')],
  ['alg None', algorithm('None')],
  ['alg NONE', algorithm('NONE')],
  ['alg of nothing', algorithm('')],
  ['alg RS512 under no signature', algorithm('RS512')],
  ['alg ES256', algorithm('ES256')],
  ['HS256 with the public key as PEM', hmac(([key]) => key?.pem ?? '')],
  ['HS256 with the public modulus', hmac(([key]) => key?.n ?? '')],
  ['HS256 with the key id', hmac(([key]) => key?.kid ?? '')],
  ['HS256 with nothing', hmac(() => '')],
  ['another key under the pool’s kid', header({})],
  ['another key under its own kid', header({ kid: 'mine' })],
  ['another key without a kid', header({ kid: undefined })],
  ['another key, brought along', header({ jwk: mine.publicKey.export({ format: 'jwk' }) })],
  ['another key at an address', header({ jku: 'https://evil.example/jwks.json' })],
  ['a certificate at an address', header({ x5u: 'https://evil.example/chain.pem' })],
  ['a certificate, brought along', header({ x5c: ['MIIB'] })],
  ['a kid that is a path', header({ kid: '../../../dev/null' })],
  ['a kid that is a query', header({ kid: "' OR 1=1 --" })],
  ['a kid of the prototype', header({ kid: '__proto__' })],
  ['a critical header', header({ crit: ['b64'], b64: false })],
  ['another tenant under the old signature', claims({ tenantId: 'another' })],
  ['another role under the old signature', claims({ role: 'SYSTEM_ADMIN' })],
  ['another user under the old signature', claims({ sub: '00000000-0000-0000-0000-000000000000' })],
  ['a longer life under the old signature', claims({ exp: 4_102_444_800 })],
  ['another use under the old signature', claims({ token_use: 'id' })],
  ['another client under the old signature', claims({ client_id: 'another' })],
  ['an issuer of one’s own', claims({ iss: 'https://evil.example/pool' }, mySignature)],
  ['an issuer of nothing', claims({ iss: '' }, mySignature)],
  ['expired, by another key', claims({ exp: 1 }, mySignature)],
  ['not yet valid, by another key', claims({ nbf: 4_102_444_800 }, mySignature)],
  ['groups of operators, by another key', claims({ 'cognito:groups': ['SystemAdmin'] }, mySignature)],
  [
    'claims as a list, by another key',
    (token) => writeJwt({ header: readJwt(token).header, payload: [] as never }, mySignature),
  ],
];
