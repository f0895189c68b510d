import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { appOf, type App, type Cognito } from '../context.ts';
import type { User } from '../model.ts';
import { clientId, metadata, operation, secretHash, username } from '../operation.ts';
import { requireSecretHash } from '../sign-in/secret-hash.ts';
import { imagineUser } from '../sign-in/unknown-user.ts';
import { isEmail } from '../users/attribute-rules.ts';
import { giveCode } from '../users/codes.ts';
import { delivery } from '../users/messages.ts';

const shape = z.object({ ClientId: clientId, Username: username, SecretHash: secretHash, ClientMetadata: metadata });

/**
 * Mails a code to set another password. Where the client hides who exists, whoever cannot have a code is answered as if
 * one went out. Source: Amazon Cognito developer guide, "Managing user existence error responses".
 */
export const forgotPassword = (parts: Cognito) =>
  operation(shape, async (_call, { ClientId, Username, SecretHash, ClientMetadata }) => {
    const app = appOf(parts, ClientId, ClientMetadata);
    requireSecretHash(app.client, [Username], SecretHash);
    const user = parts.users.find(app.pool, Username);
    const obstacle = obstacleFor(app, user);
    if (user && !obstacle) {
      const secret = await giveCode(parts, app.pool, user, 'forgot-password');
      const { pool, client, clientMetadata } = app;
      const rest = { clientId: client.id, ...(clientMetadata && { clientMetadata }) };
      return {
        CodeDeliveryDetails: await parts.messages.send({ kind: 'ForgotPassword', pool, user, secret, ...rest }),
      };
    }
    if (obstacle && app.client.settings.PreventUserExistenceErrors !== 'ENABLED') throw obstacle;
    const imagined =
      user?.attributes['email'] ?? `${imagineUser(parts, app.pool, Username).password.verifier}@example.com`;
    return { CodeDeliveryDetails: delivery(isEmail(Username) ? Username : imagined) };
  });

function obstacleFor({ pool }: App, user: User | undefined): AwsError | undefined {
  if (!user) return new AwsError('UserNotFoundException', 'User does not exist.');
  if (!user.enabled) return new AwsError('NotAuthorizedException', 'User is disabled.');
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    return new AwsError('NotAuthorizedException', 'User password cannot be reset in the current state.');
  }
  const mechanisms = pool.settings.AccountRecoverySetting?.RecoveryMechanisms;
  if (mechanisms?.some(({ Name }) => Name === 'admin_only')) {
    return new AwsError('NotAuthorizedException', 'Contact administrator to reset password.');
  }
  const isByEmail = mechanisms?.some(({ Name }) => Name === 'verified_email') ?? true;
  if (isByEmail && user.attributes['email'] && user.attributes['email_verified'] === 'true') return undefined;
  return new AwsError(
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  );
}
