import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { appOf, type Cognito } from '../context.ts';
import { clientId, operation } from '../operation.ts';
import { requireClientSecret } from '../sign-in/secret-hash.ts';

const shape = z.object({ ClientId: clientId, Token: z.string().min(1), ClientSecret: z.string().optional() });

/** Ends the sign-in of a refresh token, its access tokens too. */
export const revokeToken = (parts: Cognito) =>
  operation(shape, async (_call, { ClientId, Token, ClientSecret }) => {
    const { client } = appOf(parts, ClientId);
    requireClientSecret(client, ClientSecret);
    if (!client.settings.EnableTokenRevocation) {
      throw new AwsError(
        'UnsupportedOperationException',
        `Token revocation is not enabled for the client ${client.id}`,
      );
    }
    if (Token.split('.').length === 3) {
      throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type: expected a refresh token');
    }
    await parts.signIns.revoke(client, Token);
    return {};
  });
