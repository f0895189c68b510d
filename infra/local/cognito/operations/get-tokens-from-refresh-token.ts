import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { appOf, type Cognito } from '../context.ts';
import { clientId, metadata, operation } from '../operation.ts';
import { requireClientSecret } from '../sign-in/secret-hash.ts';
import { issueFurtherTokens } from '../tokens/issue-tokens.ts';

const shape = z.object({
  ClientId: clientId,
  RefreshToken: z.string().min(1),
  ClientSecret: z.string().optional(),
  ClientMetadata: metadata,
});

/** Where the client rotates refresh tokens, another takes the place of the one that was given. */
export const getTokensFromRefreshToken = (parts: Cognito) =>
  operation(shape, async (_call, { ClientId, RefreshToken, ClientSecret, ClientMetadata }) => {
    const app = appOf(parts, ClientId, ClientMetadata);
    requireClientSecret(app.client, ClientSecret);
    const signIn = parts.signIns.redeem(app.client, RefreshToken);
    const user = parts.users.bySub(signIn.poolId, signIn.sub);
    if (!user) throw new AwsError('NotAuthorizedException', 'Invalid Refresh Token');
    if (!user.enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
    const tokens = await issueFurtherTokens(parts, app, user, signIn);
    const rotates = app.client.settings.RefreshTokenRotation?.Feature === 'ENABLED';
    const next = rotates ? { RefreshToken: await parts.signIns.rotate(app.client, signIn) } : {};
    return { AuthenticationResult: { ...tokens, ...next } };
  });
