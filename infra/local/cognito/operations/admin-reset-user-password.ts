import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { authorizedPool, type Cognito } from '../context.ts';
import { metadata, operation, username, userPoolId } from '../operation.ts';
import { giveCode } from '../users/codes.ts';

const shape = z.object({ UserPoolId: userPoolId, Username: username, ClientMetadata: metadata });

/** The password serves no more; a code to set another goes to the user. */
export const adminResetUserPassword = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, Username, ClientMetadata }) => {
    const pool = authorizedPool(parts, call, 'AdminResetUserPassword', UserPoolId);
    const user = parts.users.get(pool, Username);
    if (user.status !== 'CONFIRMED' && user.status !== 'RESET_REQUIRED') {
      throw new AwsError('NotAuthorizedException', 'User password cannot be reset in the current state.');
    }
    if (user.attributes['email_verified'] !== 'true') {
      throw new AwsError(
        'InvalidParameterException',
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      );
    }
    const reset = await parts.users.update(pool, user, () => ({ status: 'RESET_REQUIRED' }));
    const secret = await giveCode(parts, pool, reset, 'forgot-password');
    const clientMetadata = ClientMetadata && { clientMetadata: ClientMetadata };
    await parts.messages.send({ kind: 'ForgotPassword', pool, user: reset, secret, ...clientMetadata });
    return {};
  });
