import type { Cognito } from '../context.ts';
import type { PasswordVerifier, Pool } from '../model.ts';
import { caseFolded } from '../users/sign-in-names.ts';

/** What a user that does not exist would have: the same at each asking, and told from no real one's. */
export interface ImaginedUser {
  readonly username: string;
  readonly password: PasswordVerifier;
}

/** Source: RFC 5054, 2.5.1.3 "Unknown SRP User Names". */
export function imagineUser({ secrets }: Pick<Cognito, 'secrets'>, pool: Pool, name: string): ImaginedUser {
  const digest = (purpose: string) => secrets.digest(`imagined ${purpose}`, `${pool.id}\0${caseFolded(pool, name)}`);
  const verifier = Array.from({ length: 11 }, (_, part) => digest(`verifier ${part}`).toString('hex')).join('');
  return {
    username: pool.settings.UsernameAttributes?.length ? uuidOf(digest('sub')) : name,
    password: { salt: digest('salt').subarray(0, 16).toString('hex'), verifier },
  };
}

/** A version 4 UUID of 16 bytes or more. Source: RFC 9562. */
export function uuidOf(bytes: Buffer): string {
  const octets = Buffer.from(bytes.subarray(0, 16));
  octets.writeUInt8((octets.readUInt8(6) & 0x0f) | 0x40, 6);
  octets.writeUInt8((octets.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = octets.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
