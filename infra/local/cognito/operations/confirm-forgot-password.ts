import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { appOf, type Cognito } from '../context.ts';
import { clientId, confirmationCode, metadata, operation, password, secretHash, username } from '../operation.ts';
import { requireSecretHash } from '../sign-in/secret-hash.ts';
import { requireCode, withoutCode } from '../users/codes.ts';
import { passwordChange, requirePolicy } from '../users/passwords.ts';
import { postConfirmation } from '../users/post-confirmation.ts';
import { caseFolded } from '../users/sign-in-names.ts';

const shape = z.object({
  ClientId: clientId,
  Username: username,
  ConfirmationCode: confirmationCode,
  Password: password,
  SecretHash: secretHash,
  ClientMetadata: metadata,
});

export const confirmForgotPassword = (parts: Cognito) =>
  operation(shape, async (_call, { ClientId, Username, ConfirmationCode, Password, SecretHash, ClientMetadata }) => {
    const { pool, client } = appOf(parts, ClientId);
    requireSecretHash(client, [Username], SecretHash);
    // First, so that it answers the same whoever is named.
    requirePolicy(pool, Password);
    const user = parts.users.find(pool, Username);
    if (!user && client.settings.PreventUserExistenceErrors !== 'ENABLED') {
      throw new AwsError('UserNotFoundException', 'User does not exist.');
    }
    requireCode(
      parts,
      user,
      'forgot-password',
      ConfirmationCode,
      `${pool.id}/${user?.sub ?? caseFolded(pool, Username)}`,
    );
    if (!user) throw new Error('A user that is not there had a code');
    if (!user.enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');

    const changed = passwordChange(pool, user, Password, parts.randomBytes);
    const confirmed = await parts.users.update(pool, user, ({ codes }) => ({
      ...changed,
      status: 'CONFIRMED',
      temporarySince: undefined,
      codes: withoutCode(codes, 'forgot-password'),
    }));
    parts.attempts.succeed(`${pool.id}/${user.sub}`);
    await postConfirmation(parts, pool, confirmed, 'PostConfirmation_ConfirmForgotPassword', client.id, ClientMetadata);
    return {};
  });
