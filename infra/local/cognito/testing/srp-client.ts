import { createHash, createHmac, getDiffieHellman, hkdfSync } from 'node:crypto';

const modulus = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);

/** A client's half of SRP in BigInts, written apart from the server's, with parts that attacks can change. */
export interface SrpClient {
  readonly publicValue: string;
  answer(parameters: Readonly<Record<string, string>>, pool: string, password: string, timestamp: string): string;
}

export function srpClient(secret = 0xc0ffee1234567890n): SrpClient {
  const publicValue = power(2n, secret);
  return {
    publicValue: publicValue.toString(16),
    answer(parameters, pool, password, timestamp) {
      const username = parameters['USER_ID_FOR_SRP'] ?? '';
      const serverValue = BigInt(`0x${parameters['SRP_B']}`);
      const scramble = number(hash(signed(publicValue), signed(serverValue)));
      const credential = hash(Buffer.from(`${pool}${username}:${password}`));
      const exponent = number(hash(signed(BigInt(`0x${parameters['SALT']}`)), credential));
      const multiplier = number(hash(signed(modulus), signed(2n)));
      const base = (((serverValue - multiplier * power(2n, exponent)) % modulus) + modulus) % modulus;
      const shared = power(base, secret + scramble * exponent);
      const key = hkdfSync('sha256', signed(shared), signed(scramble), 'Caldera Derived Key', 16);
      return createHmac('sha256', Buffer.from(key))
        .update(pool + username)
        .update(Buffer.from(parameters['SECRET_BLOCK'] ?? '', 'base64'))
        .update(timestamp)
        .digest('base64');
    },
  };
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function signed(value: bigint): Buffer {
  const digits = value.toString(16);
  const even = digits.length % 2 ? `0${digits}` : digits;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function hash(...parts: Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

function number(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}
