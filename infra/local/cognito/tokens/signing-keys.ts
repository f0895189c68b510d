import { createPrivateKey, createPublicKey, generateKeyPair, sign, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { State } from '../../service.ts';
import type { RandomBytes } from '../users/passwords.ts';

export type TokenUse = 'access' | 'id';

export interface SigningKeys {
  /** Begins to make a pool's keys, so that they are there when the first token is asked for. */
  prepare(poolId: string): void;
  sign(poolId: string, use: TokenUse, claims: object): Promise<string>;
  /** The claims of a token of this pool and use; undefined if it is none. Times are not checked. */
  verify(poolId: string, use: TokenUse, token: string): Promise<Record<string, unknown> | undefined>;
  jwks(poolId: string): Promise<{ keys: object[] }>;
  forget(poolId: string): Promise<void>;
}

interface StoredKey {
  readonly kid: string;
  /** PKCS #8. */
  readonly pem: string;
}
type StoredKeys = Record<TokenUse, StoredKey>;

interface LoadedKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** As at AWS a pool has two RSA keys: one signs its access tokens, the other its id tokens. */
export function createSigningKeys(state: State, randomBytes: RandomBytes): SigningKeys {
  const stored = state.collection<StoredKeys>('cognito/signing-keys');
  const loaded = new Map<string, Promise<Record<TokenUse, LoadedKey>>>();

  const make = async (): Promise<StoredKey> => {
    const { privateKey } = await generate('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return { kid: randomBytes(32).toString('base64'), pem };
  };
  const load = async (poolId: string): Promise<Record<TokenUse, LoadedKey>> => {
    let keys = stored.get(poolId);
    if (!keys) {
      const [access, id] = await Promise.all([make(), make()]);
      keys = { access, id };
      await stored.put(poolId, keys);
    }
    return { access: open(keys.access), id: open(keys.id) };
  };
  const keysOf = (poolId: string) => {
    const existing = loaded.get(poolId);
    if (existing) return existing;
    const keys = load(poolId);
    loaded.set(poolId, keys);
    // Whoever asks next tries anew.
    keys.catch(() => loaded.delete(poolId));
    return keys;
  };

  return {
    prepare: (poolId) => void keysOf(poolId),
    async sign(poolId, use, claims) {
      const key = (await keysOf(poolId))[use];
      const head = `${encode({ kid: key.kid, alg: 'RS256' })}.${encode(claims)}`;
      return `${head}.${sign('sha256', Buffer.from(head), key.privateKey).toString('base64url')}`;
    },
    async verify(poolId, use, token) {
      const [header = '', payload = '', signature = '', ...rest] = token.split('.');
      const key = (await keysOf(poolId))[use];
      const { alg, kid } = decode(header) ?? {};
      if (rest.length > 0 || alg !== 'RS256' || kid !== key.kid) return undefined;
      const genuine = verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        key.publicKey,
        Buffer.from(signature, 'base64url'),
      );
      return genuine ? decode(payload) : undefined;
    },
    async jwks(poolId) {
      const { access, id } = await keysOf(poolId);
      return {
        keys: [id, access].map(({ kid, publicKey }) => ({
          alg: 'RS256',
          kid,
          use: 'sig',
          ...publicKey.export({ format: 'jwk' }),
        })),
      };
    },
    async forget(poolId) {
      await loaded.get(poolId);
      loaded.delete(poolId);
      await stored.delete(poolId);
    },
  };
}

function open({ kid, pem }: StoredKey): LoadedKey {
  const privateKey = createPrivateKey(pem);
  return { kid, privateKey, publicKey: createPublicKey(privateKey) };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Undefined for what is not a JSON object. */
export function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
