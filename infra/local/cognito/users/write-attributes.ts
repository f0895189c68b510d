import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import type { Pool, User } from '../model.ts';
import { requireValid, type Attributes } from './attribute-rules.ts';
import { giveCode } from './codes.ts';
import type { Delivery } from './messages.ts';

type Parts = Pick<Cognito, 'users' | 'messages' | 'clock' | 'randomBytes' | 'secrets' | 'attempts'>;

interface Writing {
  readonly clientId?: string;
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/**
 * Writes attributes by the pool's rules: a new address counts as unverified, and where the pool verifies addresses a code
 * goes to it; where the pool asks for that, the old address stays until then. Answers where codes went.
 */
export async function writeAttributes(
  parts: Parts,
  pool: Pool,
  user: User,
  written: Attributes,
  writing: Writing = {},
): Promise<Delivery[]> {
  requireValid(pool, written, user.attributes);
  const { email, ...others } = written;
  const isNewEmail = email !== undefined && email !== user.attributes['email'];
  const verifies = isNewEmail && email !== '' && written['email_verified'] !== 'true' && isVerified(pool);
  const waits = verifies && keepsOldUntilVerified(pool);
  if (waits) requireFree(parts, pool, user, email);

  await parts.users.update(pool, user, (current) => ({
    attributes: withoutEmpty({
      ...current.attributes,
      ...newEmail(isNewEmail && !waits ? email : undefined),
      ...newPhone(current, others),
      ...others,
    }),
  }));
  if (!verifies) return [];
  const code = await giveCode(parts, pool, user, 'email', waits ? email : undefined);
  return [await parts.messages.send({ kind: 'UpdateUserAttribute', pool, user, secret: code, to: email, ...writing })];
}

function newEmail(email: string | undefined): Attributes {
  return email === undefined ? {} : { email, email_verified: 'false' };
}

function newPhone(current: User, written: Attributes): Attributes {
  const phone = written['phone_number'];
  return phone === undefined || phone === current.attributes['phone_number'] ? {} : { phone_number_verified: 'false' };
}

function withoutEmpty(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes).filter(([, value]) => value !== '');
  const names = new Set(entries.map(([name]) => name));
  return Object.fromEntries(
    entries.filter(([name]) => !name.endsWith('_verified') || names.has(name.replace(/_verified$/, ''))),
  );
}

function isVerified({ settings }: Pool): boolean {
  return settings.AutoVerifiedAttributes?.includes('email') ?? false;
}

function keepsOldUntilVerified({ settings }: Pool): boolean {
  return settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate?.includes('email') ?? false;
}

function requireFree({ users }: Parts, pool: Pool, user: User, email: string): void {
  const isName =
    pool.settings.UsernameAttributes?.includes('email') || pool.settings.AliasAttributes?.includes('email');
  const owner = isName ? users.find(pool, email) : undefined;
  if (owner && owner.sub !== user.sub)
    throw new AwsError('AliasExistsException', 'An account with the given email already exists.');
}
