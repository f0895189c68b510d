import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import type { Pool, User, UserStatus } from '../model.ts';
import { isEmail, isPhoneNumber, requireValid, type Attributes } from './attribute-rules.ts';
import { passwordChange } from './passwords.ts';

export interface NewUser {
  readonly sub: string;
  /** As the caller named the user. */
  readonly username: string;
  readonly attributes: Attributes;
  readonly password: string;
  readonly status: UserStatus;
}

/** A user by the pool's rules, not stored yet. Throws where name, attributes or password break them. */
export function buildUser(
  { clock, randomBytes }: Pick<Cognito, 'clock' | 'randomBytes'>,
  pool: Pool,
  input: NewUser,
): User {
  const { username, attributes } = named(pool, input);
  requireValid(pool, attributes);
  const unverified = {
    ...(attributes['email'] && { email_verified: 'false' }),
    ...(attributes['phone_number'] && { phone_number_verified: 'false' }),
  };
  const now = clock.now();
  return {
    poolId: pool.id,
    sub: input.sub,
    username,
    sequence: 0,
    status: input.status,
    enabled: true,
    attributes: { ...unverified, ...attributes },
    groups: [],
    ...passwordChange(pool, { username }, input.password, randomBytes),
    ...(input.status === 'FORCE_CHANGE_PASSWORD' && { temporarySince: now }),
    codes: {},
    totpEnabled: false,
    createdAt: now,
    modifiedAt: now,
  };
}

/**
 * Where an attribute is the username, what the caller names the user becomes that attribute, and the username is the sub.
 * Source: Amazon Cognito developer guide, "Customizing sign-in attributes".
 */
function named(pool: Pool, { sub, username, attributes }: NewUser): { username: string; attributes: Attributes } {
  const asUsername = pool.settings.UsernameAttributes ?? [];
  const aliases = pool.settings.AliasAttributes ?? [];
  if (asUsername.length === 0) {
    if (aliases.includes('email') && isEmail(username)) {
      throw invalid('Username cannot be of email format, since user pool is configured for email alias.');
    }
    return { username, attributes };
  }
  const attribute = isEmail(username) ? 'email' : isPhoneNumber(username) ? 'phone_number' : undefined;
  if (!attribute || !asUsername.includes(attribute)) throw invalid(`Username should be ${nounsOf(asUsername)}.`);
  const given = attributes[attribute];
  if (given !== undefined && given.toLowerCase() !== username.toLowerCase()) {
    throw invalid(`The username and the attribute ${attribute} differ: expected the same value in both`);
  }
  return { username: sub, attributes: { ...attributes, [attribute]: username } };
}

function nounsOf(attributes: readonly string[]): string {
  const nouns = { email: 'an email', phone_number: 'a phone number' } as const;
  return attributes.map((attribute) => (attribute === 'email' ? nouns.email : nouns.phone_number)).join(' or ');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
