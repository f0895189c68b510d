import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import { authorizedPool, type Cognito } from '../context.ts';
import type { Pool, User } from '../model.ts';
import { attributeList, metadata, operation, password, username, userPoolId } from '../operation.ts';
import { requireValid, toRecord } from '../users/attribute-rules.ts';
import { buildUser } from '../users/create-user.ts';
import { describeUser } from '../users/describe-user.ts';
import { generatePassword, passwordChange } from '../users/passwords.ts';
import { preSignUp } from '../users/pre-sign-up.ts';

const shape = z.object({
  UserPoolId: userPoolId,
  Username: username,
  UserAttributes: attributeList.default([]),
  TemporaryPassword: password.optional(),
  MessageAction: z.enum(['RESEND', 'SUPPRESS']).optional(),
  DesiredDeliveryMediums: z.array(z.enum(['EMAIL', 'SMS'])).optional(),
  ForceAliasCreation: z
    .literal(false, { error: 'expected false: aliases are not taken from other users here' })
    .optional(),
  ValidationData: attributeList.optional(),
  ClientMetadata: metadata,
});
type Input = z.infer<typeof shape>;

export const adminCreateUser = (parts: Cognito) =>
  operation(shape, async (call: Call, input) => {
    const pool = authorizedPool(parts, call, 'AdminCreateUser', input.UserPoolId);
    if (input.MessageAction !== 'SUPPRESS' && input.DesiredDeliveryMediums?.includes('EMAIL') === false) {
      throw new AwsError(
        'InvalidParameterException',
        'DesiredDeliveryMediums lacks EMAIL: the local cloud sends no text messages',
      );
    }
    const secret = input.TemporaryPassword ?? generatePassword(pool, parts.randomBytes);
    const user =
      input.MessageAction === 'RESEND'
        ? await renew(parts, pool, input, secret)
        : await create(parts, pool, input, secret);
    if (input.MessageAction !== 'SUPPRESS' && user.attributes['email']) {
      const clientMetadata = input.ClientMetadata && { clientMetadata: input.ClientMetadata };
      await parts.messages.send({ kind: 'AdminCreateUser', pool, user, secret, ...clientMetadata });
    }
    return { User: describeUser(user) };
  });

async function create(parts: Cognito, pool: Pool, input: Input, secret: string): Promise<User> {
  const attributes = toRecord(input.UserAttributes);
  const built = buildUser(parts, pool, {
    sub: parts.newId(),
    username: input.Username,
    attributes,
    password: secret,
    status: 'FORCE_CHANGE_PASSWORD',
  });
  const user = await preSignUp(parts, pool, built, 'PreSignUp_AdminCreateUser', {
    ...(input.ClientMetadata && { clientMetadata: input.ClientMetadata }),
    ...(input.ValidationData && { validationData: toRecord(input.ValidationData) }),
  });
  await parts.users.put(pool, user);
  return user;
}

/** Another invitation voids the temporary password before. */
async function renew(parts: Cognito, pool: Pool, input: Input, secret: string): Promise<User> {
  const user = parts.users.get(pool, input.Username);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new AwsError(
      'UnsupportedUserStateException',
      `User status is ${user.status}: expected FORCE_CHANGE_PASSWORD to send the invitation again`,
    );
  }
  requireValid(pool, toRecord(input.UserAttributes), user.attributes);
  const changed = passwordChange(pool, user, secret, parts.randomBytes);
  return parts.users.update(pool, user, () => ({ ...changed, temporarySince: parts.clock.now() }));
}
