import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { appOf, type Cognito } from '../context.ts';
import { clientId, metadata, operation, secretHash, username } from '../operation.ts';
import { requireSecretHash } from '../sign-in/secret-hash.ts';
import { imagineUser } from '../sign-in/unknown-user.ts';
import { isEmail } from '../users/attribute-rules.ts';
import { delivery } from '../users/messages.ts';
import { sendSignUpCode } from '../users/sign-up-code.ts';

const shape = z.object({ ClientId: clientId, Username: username, SecretHash: secretHash, ClientMetadata: metadata });

export const resendConfirmationCode = (parts: Cognito) =>
  operation(shape, async (_call, { ClientId, Username, SecretHash, ClientMetadata }) => {
    const app = appOf(parts, ClientId, ClientMetadata);
    requireSecretHash(app.client, [Username], SecretHash);
    const user = parts.users.find(app.pool, Username);
    const hides = app.client.settings.PreventUserExistenceErrors === 'ENABLED';
    if (user?.status === 'UNCONFIRMED') {
      const delivered = await sendSignUpCode(parts, app, user, 'ResendCode');
      if (delivered) return { CodeDeliveryDetails: delivered };
      throw new AwsError('InvalidParameterException', 'Cannot resend codes. Auto verification not turned on.');
    }
    if (!hides && !user) throw new AwsError('UserNotFoundException', 'User does not exist.');
    if (!hides) throw new AwsError('InvalidParameterException', 'User is already confirmed.');
    const imagined =
      user?.attributes['email'] ?? `${imagineUser(parts, app.pool, Username).password.verifier}@example.com`;
    return { CodeDeliveryDetails: delivery(isEmail(Username) ? Username : imagined) };
  });
