import { z } from 'zod';
import { flag, integer } from './coerce.ts';

const timeUnit = z.enum(['seconds', 'minutes', 'hours', 'days']);
const names = z.array(z.string().min(1));

const authFlow = z.enum([
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'USER_PASSWORD_AUTH',
]);

/**
 * What an app client can be told, by the names that CreateUserPoolClient and AWS::Cognito::UserPoolClient share. The
 * OAuth members are kept and described; no hosted sign-in page is served for them.
 * Source: Amazon Cognito user pools API reference, CreateUserPoolClient.
 */
export const clientSettings = z.strictObject({
  AccessTokenValidity: integer(0, 86_400).optional(),
  IdTokenValidity: integer(0, 86_400).optional(),
  RefreshTokenValidity: integer(0, 315_360_000).optional(),
  TokenValidityUnits: z
    .strictObject({ AccessToken: timeUnit.optional(), IdToken: timeUnit.optional(), RefreshToken: timeUnit.optional() })
    .optional(),
  RefreshTokenRotation: z
    .strictObject({ Feature: z.enum(['ENABLED', 'DISABLED']), RetryGracePeriodSeconds: integer(0, 60).optional() })
    .optional(),
  AllowedOAuthFlows: names.optional(),
  AllowedOAuthFlowsUserPoolClient: flag.optional(),
  AllowedOAuthScopes: names.optional(),
  AuthSessionValidity: integer(3, 15).optional(),
  CallbackURLs: names.optional(),
  DefaultRedirectURI: z.string().optional(),
  LogoutURLs: names.optional(),
  EnablePropagateAdditionalUserContextData: flag.optional(),
  EnableTokenRevocation: flag.default(true),
  ExplicitAuthFlows: z.array(authFlow).optional(),
  PreventUserExistenceErrors: z.enum(['LEGACY', 'ENABLED']).optional(),
  ReadAttributes: names.optional(),
  WriteAttributes: names.optional(),
  SupportedIdentityProviders: z
    .array(z.literal('COGNITO', { error: 'expected COGNITO, the only identity provider here' }))
    .optional(),
});

export type ClientSettings = z.infer<typeof clientSettings>;

const secondsIn = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/** Lifetimes of a client's tokens in seconds. AWS's defaults: one hour, one hour, 30 days. */
export function tokenLifetimes(settings: ClientSettings): { access: number; id: number; refresh: number } {
  const units = settings.TokenValidityUnits ?? {};
  const orDefault = (value: number | undefined, unit: keyof typeof secondsIn, fallback: number) =>
    value ? value * secondsIn[unit] : fallback;
  return {
    access: orDefault(settings.AccessTokenValidity, units.AccessToken ?? 'hours', 3600),
    id: orDefault(settings.IdTokenValidity, units.IdToken ?? 'hours', 3600),
    refresh: orDefault(settings.RefreshTokenValidity, units.RefreshToken ?? 'days', 30 * 86_400),
  };
}
