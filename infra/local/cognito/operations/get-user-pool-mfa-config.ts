import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import type { Pool } from '../model.ts';
import { operation, userPoolId } from '../operation.ts';

export const getUserPoolMfaConfig = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId }), (call, { UserPoolId }) =>
    mfaConfig(authorizedPool(parts, call, 'GetUserPoolMfaConfig', UserPoolId)),
  );

export function mfaConfig({ settings }: Pool) {
  return {
    MfaConfiguration: settings.MfaConfiguration,
    SoftwareTokenMfaConfiguration: { Enabled: settings.EnabledMfas?.includes('SOFTWARE_TOKEN_MFA') ?? false },
  };
}
