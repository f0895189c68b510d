import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock, Credentials, Principal, State } from '../service.ts';
import type { SignatureErrors } from './signature/errors.ts';

/** Temporary credentials. */
export interface Sessions {
  issue(principal: Principal, lifetimeMilliseconds: number): Credentials;
  /** The secret and the owner of a key id that this cloud issued. */
  resolve(
    accessKeyId: string,
    sessionToken: string | undefined,
    errors: SignatureErrors,
  ): { readonly secret: string; readonly principal: Principal };
  /** Once the key that all sessions rest on is on disk. */
  ready(): Promise<void>;
}

interface Session {
  readonly accessKeyId: string;
  readonly expiresAt: number;
  readonly principal: Principal;
}

interface Resolved extends Session {
  readonly secret: string;
}

const keptTokens = 1000;

/**
 * A session's token carries the session itself under a MAC, and its secret derives from the token: nothing is written
 * when one is issued, nothing has to be swept, and sessions outlive a restart with the one key in the state.
 */
export function createSessions(state: State, clock: Clock): Sessions {
  const keys = state.collection<{ readonly secret: string }>('identity/keys');
  const existing = keys.get('sessions')?.secret;
  const secret = existing ?? randomBytes(32).toString('base64');
  const written = existing === undefined ? keys.put('sessions', { secret }) : Promise.resolve();
  // Reported by ready(), which is always awaited.
  written.catch(() => undefined);
  const masterKey = Buffer.from(secret, 'base64');
  const known = new Map<string, Resolved>();

  const mac = (purpose: string, text: string): Buffer =>
    createHmac('sha256', masterKey).update(`${purpose}\n${text}`).digest();
  const secretOf = (payload: string): string => mac('secret', payload).toString('base64').slice(0, 40);

  const open = (token: string, errors: SignatureErrors): Resolved => {
    const cached = known.get(token);
    if (cached) return cached;
    const [payload = '', tag = ''] = token.split('.');
    const got = Buffer.from(tag, 'base64url');
    const expected = mac('token', payload);
    if (got.length !== expected.length || !timingSafeEqual(got, expected)) throw errors.badToken();
    const session = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Session;
    const resolved = { ...session, secret: secretOf(payload) };
    if (known.size >= keptTokens) known.clear();
    known.set(token, resolved);
    return resolved;
  };

  return {
    ready: () => written,
    issue(principal, lifetimeMilliseconds) {
      const accessKeyId = `ASIA${base32(randomBytes(16))}`;
      const expiresAt = clock.now() + lifetimeMilliseconds;
      const session: Session = { accessKeyId, expiresAt, principal };
      const payload = Buffer.from(JSON.stringify(session)).toString('base64url');
      const sessionToken = `${payload}.${mac('token', payload).toString('base64url')}`;
      return { accessKeyId, secretAccessKey: secretOf(payload), sessionToken, expiresAt };
    },
    resolve(accessKeyId, sessionToken, errors) {
      if (sessionToken === undefined) throw errors.unknownKey();
      const session = open(sessionToken, errors);
      if (session.accessKeyId !== accessKeyId) throw errors.badToken();
      if (session.expiresAt <= clock.now()) {
        known.delete(sessionToken);
        throw errors.expiredToken();
      }
      return session;
    },
  };
}

function base32(bytes: Buffer): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return [...bytes].map((byte) => alphabet[byte & 31]).join('');
}
