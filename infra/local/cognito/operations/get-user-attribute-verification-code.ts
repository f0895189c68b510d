import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import { accessToken, metadata, operation } from '../operation.ts';
import { requireSignedIn } from '../tokens/access-token.ts';
import { giveCode } from '../users/codes.ts';

const shape = z.object({
  AccessToken: accessToken,
  AttributeName: z.literal('email', { error: 'expected email: the local cloud sends no text messages' }),
  ClientMetadata: metadata,
});

export const getUserAttributeVerificationCode = (parts: Cognito) =>
  operation(shape, async (_call, { AccessToken, ClientMetadata }) => {
    const { pool, client, user } = await requireSignedIn(parts, AccessToken);
    const waiting = user.codes.email?.newValue;
    const to = waiting ?? user.attributes['email'];
    if (!to) throw new AwsError('InvalidParameterException', 'User does not have an email to verify');
    const secret = await giveCode(parts, pool, user, 'email', waiting);
    const clientMetadata = ClientMetadata && { clientMetadata: ClientMetadata };
    const message = {
      kind: 'VerifyUserAttribute',
      pool,
      user,
      secret,
      to,
      clientId: client.id,
      ...clientMetadata,
    } as const;
    return { CodeDeliveryDetails: await parts.messages.send(message) };
  });
