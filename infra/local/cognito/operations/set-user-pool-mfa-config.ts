import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, parse, userPoolId } from '../operation.ts';
import { poolSettings } from '../pools/pool-settings.ts';
import { mfaConfig } from './get-user-pool-mfa-config.ts';

const shape = z.object({
  UserPoolId: userPoolId,
  MfaConfiguration: z.enum(['OFF', 'ON', 'OPTIONAL']).default('OFF'),
  SoftwareTokenMfaConfiguration: z.object({ Enabled: z.boolean() }).optional(),
  SmsMfaConfiguration: z.unknown().optional(),
  EmailMfaConfiguration: z.unknown().optional(),
  WebAuthnConfiguration: z.unknown().optional(),
});

export const setUserPoolMfaConfig = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, MfaConfiguration, SoftwareTokenMfaConfiguration, ...others }) => {
    const pool = authorizedPool(parts, call, 'SetUserPoolMfaConfig', UserPoolId);
    const unsupported = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
    if (unsupported)
      throw new AwsError(
        'InvalidParameterException',
        `${unsupported} is not supported: expected SoftwareTokenMfaConfiguration`,
      );
    const settings = parse(poolSettings, {
      ...pool.settings,
      MfaConfiguration,
      EnabledMfas: SoftwareTokenMfaConfiguration?.Enabled ? ['SOFTWARE_TOKEN_MFA'] : [],
    });
    const changed = { ...pool, settings, modifiedAt: parts.clock.now() };
    await parts.pools.putPool(changed);
    return mfaConfig(changed);
  });
