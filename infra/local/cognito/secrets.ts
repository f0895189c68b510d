import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { State } from '../service.ts';
import type { RandomBytes } from './users/passwords.ts';

/** What only this service can make or read, with one key that outlives restarts. */
export interface Secrets {
  /** Resolves once the key is on disk. */
  readonly ready: Promise<void>;
  seal(purpose: string, value: unknown): Buffer;
  /** What was sealed for that purpose; undefined for anything else. */
  open(purpose: string, sealed: Buffer): unknown;
  /** A keyed hash. */
  digest(purpose: string, text: string): Buffer;
}

const algorithm = 'aes-256-gcm';

export function createSecrets(state: State, randomBytes: RandomBytes): Secrets {
  const keys = state.collection<{ readonly key: string }>('cognito/secrets');
  const existing = keys.get('master');
  const document = existing ?? { key: randomBytes(32).toString('base64') };
  const ready = existing ? Promise.resolve() : keys.put('master', document);
  const master = Buffer.from(document.key, 'base64');
  const sealing = createHmac('sha256', master).update('seal').digest();

  return {
    ready,
    seal(purpose, value) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(algorithm, sealing, nonce).setAAD(Buffer.from(purpose));
      const hidden = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, hidden, cipher.getAuthTag()]);
    },
    open(purpose, sealed) {
      if (sealed.length < 29) return undefined;
      const decipher = createDecipheriv(algorithm, sealing, sealed.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(-16));
      try {
        const shown = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
        return JSON.parse(shown.toString('utf8'));
      } catch {
        return undefined;
      }
    },
    digest: (purpose, text) => createHmac('sha256', master).update(`${purpose}\0${text}`).digest(),
  };
}
