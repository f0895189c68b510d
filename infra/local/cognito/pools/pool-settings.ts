import { z } from 'zod';
import { attributeDefinition } from './attribute-schema.ts';
import { flag, integer } from './coerce.ts';

const text = z.string().max(20_000);
const functionArn = z.string().regex(/^arn:aws[\w-]*:lambda:/, 'expected the ARN of a function');

const passwordPolicy = z.strictObject({
  MinimumLength: integer(6, 99).default(8),
  RequireUppercase: flag.default(false),
  RequireLowercase: flag.default(false),
  RequireNumbers: flag.default(false),
  RequireSymbols: flag.default(false),
  TemporaryPasswordValidityDays: integer(0, 365).default(7),
  PasswordHistorySize: integer(0, 24).optional(),
});

const lambdaConfig = z.strictObject({
  PreSignUp: functionArn.optional(),
  PostConfirmation: functionArn.optional(),
  PreAuthentication: functionArn.optional(),
  PostAuthentication: functionArn.optional(),
  CustomMessage: functionArn.optional(),
  PreTokenGeneration: functionArn.optional(),
  PreTokenGenerationConfig: z
    .strictObject({ LambdaVersion: z.enum(['V1_0', 'V2_0']), LambdaArn: functionArn })
    .optional(),
});

const alias = z.enum(['email', 'phone_number', 'preferred_username']);
const contact = z.enum(['email', 'phone_number']);

/**
 * What a user pool can be told, by the names that CreateUserPool and AWS::Cognito::UserPool share. Strict: what is not
 * here is refused by name.
 * Source: Amazon Cognito user pools API reference, CreateUserPool.
 */
export const poolSettings = z
  .strictObject({
    AccountRecoverySetting: z
      .strictObject({
        RecoveryMechanisms: z.array(
          z.strictObject({
            Name: z.enum(['verified_email', 'verified_phone_number', 'admin_only']),
            Priority: integer(1, 2),
          }),
        ),
      })
      .optional(),
    AdminCreateUserConfig: z
      .strictObject({
        AllowAdminCreateUserOnly: flag.default(false),
        UnusedAccountValidityDays: integer(0, 365).optional(),
        InviteMessageTemplate: z
          .strictObject({ EmailMessage: text.optional(), EmailSubject: text.optional(), SMSMessage: text.optional() })
          .optional(),
      })
      .optional(),
    AliasAttributes: z.array(alias).optional(),
    AutoVerifiedAttributes: z
      .array(z.literal('email', { error: 'expected email: the local cloud sends no text messages' }))
      .optional(),
    DeletionProtection: z.enum(['ACTIVE', 'INACTIVE']).default('INACTIVE'),
    EmailConfiguration: z
      .strictObject({
        EmailSendingAccount: z.enum(['COGNITO_DEFAULT', 'DEVELOPER']).optional(),
        From: text.optional(),
        ReplyToEmailAddress: text.optional(),
        SourceArn: text.optional(),
        ConfigurationSet: text.optional(),
      })
      .optional(),
    EmailVerificationMessage: text.optional(),
    EmailVerificationSubject: text.optional(),
    EnabledMfas: z
      .array(
        z.literal('SOFTWARE_TOKEN_MFA', {
          error: 'expected SOFTWARE_TOKEN_MFA: the local cloud sends no text messages',
        }),
      )
      .optional(),
    LambdaConfig: lambdaConfig.optional(),
    MfaConfiguration: z.enum(['OFF', 'ON', 'OPTIONAL']).default('OFF'),
    Policies: z
      .strictObject({
        PasswordPolicy: passwordPolicy.optional(),
        SignInPolicy: z
          .strictObject({
            AllowedFirstAuthFactors: z.array(
              z.literal('PASSWORD', { error: 'expected PASSWORD, the only first factor here' }),
            ),
          })
          .optional(),
      })
      .optional(),
    Schema: z.array(attributeDefinition).max(50).optional(),
    SmsVerificationMessage: text.optional(),
    UserAttributeUpdateSettings: z
      .strictObject({ AttributesRequireVerificationBeforeUpdate: z.array(contact).optional() })
      .optional(),
    UserPoolAddOns: z
      .strictObject({
        AdvancedSecurityMode: z.enum(['OFF', 'AUDIT', 'ENFORCED']),
        AdvancedSecurityAdditionalFlows: z
          .strictObject({ CustomAuthMode: z.enum(['AUDIT', 'ENFORCED']).optional() })
          .optional(),
      })
      .optional(),
    UserPoolTags: z.record(z.string(), z.string()).optional(),
    UserPoolTier: z.enum(['LITE', 'ESSENTIALS', 'PLUS']).default('ESSENTIALS'),
    UsernameAttributes: z.array(contact).optional(),
    UsernameConfiguration: z.strictObject({ CaseSensitive: flag }).optional(),
    VerificationMessageTemplate: z
      .strictObject({
        DefaultEmailOption: z
          .literal('CONFIRM_WITH_CODE', { error: 'expected CONFIRM_WITH_CODE: links need a hosted domain' })
          .optional(),
        EmailMessage: text.optional(),
        EmailSubject: text.optional(),
        EmailMessageByLink: text.optional(),
        EmailSubjectByLink: text.optional(),
        SmsMessage: text.optional(),
      })
      .optional(),
  })
  .refine((settings) => settings.MfaConfiguration === 'OFF' || settings.EnabledMfas?.length, {
    path: ['MfaConfiguration'],
    error: 'MFA needs EnabledMfas SOFTWARE_TOKEN_MFA',
  })
  .refine((settings) => !(settings.UsernameAttributes?.length && settings.AliasAttributes?.length), {
    path: ['AliasAttributes'],
    error: 'Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
  })
  .refine(
    (settings) =>
      settings.UserPoolTier !== 'LITE' || settings.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion !== 'V2_0',
    {
      path: ['LambdaConfig', 'PreTokenGenerationConfig'],
      error: 'V2_0 needs the tier ESSENTIALS or PLUS',
    },
  );

export type PoolSettings = z.infer<typeof poolSettings>;
export type PasswordPolicy = z.infer<typeof passwordPolicy>;

/** What AWS applies to a pool that names no policy. */
export const defaultPasswordPolicy: PasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
};
