import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { appOf, type Cognito } from '../context.ts';
import { clientId, confirmationCode, metadata, operation, secretHash, username } from '../operation.ts';
import { requireSecretHash } from '../sign-in/secret-hash.ts';
import { requireCode, withoutCode } from '../users/codes.ts';
import { postConfirmation } from '../users/post-confirmation.ts';
import { caseFolded } from '../users/sign-in-names.ts';

const shape = z.object({
  ClientId: clientId,
  Username: username,
  ConfirmationCode: confirmationCode,
  SecretHash: secretHash,
  ForceAliasCreation: z
    .literal(false, { error: 'expected false: aliases are not taken from other users here' })
    .optional(),
  ClientMetadata: metadata,
});

export const confirmSignUp = (parts: Cognito) =>
  operation(shape, async (_call, { ClientId, Username, ConfirmationCode, SecretHash, ClientMetadata }) => {
    const { pool, client } = appOf(parts, ClientId);
    requireSecretHash(client, [Username], SecretHash);
    const user = parts.users.find(pool, Username);
    if (!user && client.settings.PreventUserExistenceErrors !== 'ENABLED') {
      throw new AwsError('UserNotFoundException', 'User does not exist.');
    }
    requireCode(parts, user, 'sign-up', ConfirmationCode, `${pool.id}/${user?.sub ?? caseFolded(pool, Username)}`);
    if (user?.status !== 'UNCONFIRMED') {
      throw new AwsError(
        'NotAuthorizedException',
        `User cannot be confirmed. Current status is ${user?.status ?? 'unknown'}`,
      );
    }
    const confirmed = await parts.users.update(pool, user, ({ attributes, codes }) => ({
      status: 'CONFIRMED',
      attributes: { ...attributes, email_verified: 'true' },
      codes: withoutCode(codes, 'sign-up'),
    }));
    await postConfirmation(parts, pool, confirmed, 'PostConfirmation_ConfirmSignUp', client.id, ClientMetadata);
    return {};
  });
