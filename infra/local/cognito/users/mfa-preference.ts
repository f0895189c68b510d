import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import type { Pool, User } from '../model.ts';

const settings = z.object({ Enabled: z.boolean().optional(), PreferredMfa: z.boolean().optional() }).optional();

export const mfaPreference = {
  SoftwareTokenMfaSettings: settings,
  SMSMfaSettings: settings,
  EmailMfaSettings: settings,
} as const;

type Preference = { readonly [Name in keyof typeof mfaPreference]?: z.infer<typeof settings> };

/** Turns the software token on or off for a user. Throws where none was verified, and for factors that are not offered. */
export async function setMfaPreference(
  { users }: Pick<Cognito, 'users'>,
  pool: Pool,
  user: User,
  { SoftwareTokenMfaSettings, SMSMfaSettings, EmailMfaSettings }: Preference,
): Promise<void> {
  if (SMSMfaSettings?.Enabled || EmailMfaSettings?.Enabled) {
    throw new AwsError(
      'InvalidParameterException',
      'Only SoftwareTokenMfaSettings can be enabled: the pool offers no other factor',
    );
  }
  const enabled = SoftwareTokenMfaSettings?.Enabled;
  if (enabled === undefined) return;
  if (enabled && user.totpSecret === undefined) {
    throw new AwsError('InvalidParameterException', 'User has not verified software token mfa');
  }
  await users.update(pool, user, () => ({ totpEnabled: enabled }));
}
