import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { JsonObject, State } from '../../service.ts';
import { FieldFailure } from '../execution/field-failure.ts';

/** Page tokens that say nothing to a client and that only the resolver that made them takes back. */
export interface PageTokens {
  seal(scope: string, key: JsonObject): string;
  /** @throws FieldFailure if the token is not one of this scope's */
  open(scope: string, token: string): JsonObject;
  /** Makes the key on the first start. */
  ready(): Promise<void>;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function createPageTokens(state: State, randomBytes: (size: number) => Buffer): PageTokens {
  const secrets = state.collection<{ readonly key: string }>('appsync/secrets');
  let written: Promise<void> = Promise.resolve();
  const known = secrets.get('page-tokens')?.key;
  const secret = known === undefined ? randomBytes(32) : Buffer.from(known, 'base64');
  if (known === undefined) written = secrets.put('page-tokens', { key: secret.toString('base64') });
  return {
    ready: () => written,
    seal(scope, key) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, secret, nonce).setAAD(Buffer.from(scope));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(key), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(scope, token) {
      const bytes = Buffer.from(token, 'base64url');
      try {
        const decipher = createDecipheriv(algorithm, secret, bytes.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(scope)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        const opened = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
        return JSON.parse(opened.toString('utf8')) as JsonObject;
      } catch {
        throw new FieldFailure('BadRequestException', 'Invalid pagination token given.');
      }
    },
  };
}
