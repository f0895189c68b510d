import { createDiffieHellman, createHash, createHmac, getDiffieHellman, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { PasswordVerifier } from '../model.ts';

/**
 * The server's half of SRP-6a as Cognito speaks it: the 3072-bit group of RFC 3526, SHA-256, numbers encoded like Java's
 * BigInteger.toByteArray, and a signature made with a key derived from the shared secret.
 * Sources: RFC 5054; Amazon Cognito developer guide, "Sign-in with passwords and SRP".
 */
const prime = getDiffieHellman('modp15').getPrime();
const modulus = toNumber(prime);
/** OpenSSL's modular power takes about 1 ms; a power of BigInts takes about 300. */
const group = createDiffieHellman(prime, 2);
const multiplier = toNumber(hash(Buffer.concat([padded(modulus), padded(2n)])));

/** The part of a pool's id that goes into the password's hash: `AbCdEf123` of `us-east-1_AbCdEf123`. */
export function poolName(poolId: string): string {
  return poolId.slice(poolId.indexOf('_') + 1);
}

export function createVerifier(pool: string, username: string, password: string, salt: Buffer): PasswordVerifier {
  const verifier = powerOfGenerator(privateKey(pool, username, password, salt));
  return { salt: salt.toString('hex'), verifier: verifier.toString('hex') };
}

/** Whether the password is the one that the verifier was made of. */
export function matches(known: PasswordVerifier, pool: string, username: string, password: string): boolean {
  const candidate = powerOfGenerator(privateKey(pool, username, password, Buffer.from(known.salt, 'hex')));
  return timingSafeEqual(padTo384(candidate), padTo384(Buffer.from(known.verifier, 'hex')));
}

/** The server's public value for a verifier: B = kv + g^b. */
export function publicValue(verifier: string, secret: Buffer): string {
  const value = (multiplier * toNumber(Buffer.from(verifier, 'hex')) + toNumber(powerOfGenerator(secret))) % modulus;
  return value.toString(16);
}

/** Whether a client's public value is a member of the group that gives nothing away: never 0, 1 or -1. */
export function isPublicValue(value: string): boolean {
  if (!/^[0-9a-fA-F]{1,770}$/.test(value)) return false;
  const number = BigInt(`0x${value}`);
  return number > 1n && number < modulus - 1n;
}

export interface Claim {
  readonly pool: string;
  readonly username: string;
  readonly verifier: string;
  /** The server's secret exponent b. */
  readonly secret: Buffer;
  /** The client's A, in hex. */
  readonly clientValue: string;
  /** As sent to the client. */
  readonly secretBlock: Buffer;
  readonly timestamp: string;
  readonly signature: string;
}

/** Whether the client showed that it knows the password. */
export function verifyClaim(claim: Claim): boolean {
  const clientValue = BigInt(`0x${claim.clientValue}`);
  const serverValue = BigInt(`0x${publicValue(claim.verifier, claim.secret)}`);
  const scramble = toNumber(hash(Buffer.concat([padded(clientValue), padded(serverValue)])));
  const base = (clientValue * toNumber(power(Buffer.from(claim.verifier, 'hex'), toBytes(scramble)))) % modulus;
  const shared = toNumber(power(toBytes(base), claim.secret));

  const key = hkdfSync('sha256', padded(shared), padded(scramble), 'Caldera Derived Key', 16);
  const expected = createHmac('sha256', Buffer.from(key))
    .update(claim.pool)
    .update(claim.username)
    .update(claim.secretBlock)
    .update(claim.timestamp)
    .digest();
  const given = Buffer.from(claim.signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function privateKey(pool: string, username: string, password: string, salt: Buffer): Buffer {
  return hash(Buffer.concat([padded(toNumber(salt)), hash(Buffer.from(`${pool}${username}:${password}`))]));
}

function powerOfGenerator(exponent: Buffer): Buffer {
  group.setPrivateKey(exponent);
  group.generateKeys();
  return group.getPublicKey();
}

function power(base: Buffer, exponent: Buffer): Buffer {
  group.setPrivateKey(exponent);
  return group.computeSecret(base);
}

function hash(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** The shortest encoding whose first bit is 0. */
function padded(number: bigint): Buffer {
  const bytes = toBytes(number);
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

function padTo384(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(Math.max(0, prime.length - bytes.length)), bytes]);
}

function toBytes(number: bigint): Buffer {
  const digits = number.toString(16);
  return Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex') || '0'}`);
}
