import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import { appOf, type Cognito } from '../context.ts';
import { attributeList, clientId, metadata, operation, password, secretHash, username } from '../operation.ts';
import { requireSecretHash } from '../sign-in/secret-hash.ts';
import { requireComplete, requireWritable, toRecord } from '../users/attribute-rules.ts';
import { buildUser } from '../users/create-user.ts';
import { postConfirmation } from '../users/post-confirmation.ts';
import { preSignUp } from '../users/pre-sign-up.ts';
import { sendSignUpCode } from '../users/sign-up-code.ts';

const shape = z.object({
  ClientId: clientId,
  Username: username,
  Password: password,
  SecretHash: secretHash,
  UserAttributes: attributeList.default([]),
  ValidationData: attributeList.optional(),
  ClientMetadata: metadata,
});

export const signUp = (parts: Cognito) =>
  operation(shape, async (_call, input) => {
    const app = appOf(parts, input.ClientId, input.ClientMetadata);
    const { pool, client, clientMetadata } = app;
    requireSecretHash(client, [input.Username], input.SecretHash);
    if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
      throw new AwsError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
    }
    const attributes = toRecord(input.UserAttributes);
    requireWritable(client, Object.keys(attributes));
    const account = {
      sub: parts.newId(),
      username: input.Username,
      attributes,
      password: input.Password,
      status: 'UNCONFIRMED',
    } as const;
    const built = buildUser(parts, pool, account);
    requireComplete(pool, built.attributes);
    const user = await preSignUp(parts, pool, built, 'PreSignUp_SignUp', {
      clientId: client.id,
      ...(clientMetadata && { clientMetadata }),
      ...(input.ValidationData && { validationData: toRecord(input.ValidationData) }),
    });
    await parts.users.put(pool, user);

    const isConfirmed = user.status === 'CONFIRMED';
    if (isConfirmed)
      await postConfirmation(parts, pool, user, 'PostConfirmation_ConfirmSignUp', client.id, clientMetadata);
    const delivered = isConfirmed ? undefined : await sendSignUpCode(parts, app, user, 'SignUp');
    return { UserConfirmed: isConfirmed, UserSub: user.sub, ...(delivered && { CodeDeliveryDetails: delivered }) };
  });
