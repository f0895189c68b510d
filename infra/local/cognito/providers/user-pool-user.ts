import { z } from 'zod';
import type { ResourceProvider } from '../../service.ts';
import type { Cognito } from '../context.ts';
import { attributeList, metadata, parse, username, userPoolId } from '../operation.ts';
import { bytesFrom } from '../pools/ids.ts';
import { uuidOf } from '../sign-in/unknown-user.ts';
import { toRecord } from '../users/attribute-rules.ts';
import { buildUser } from '../users/create-user.ts';
import { generatePassword } from '../users/passwords.ts';

const shape = z.strictObject({
  UserPoolId: userPoolId,
  Username: username,
  UserAttributes: attributeList.default([]),
  DesiredDeliveryMediums: z
    .array(z.literal('EMAIL', { error: 'expected EMAIL: the local cloud sends no text messages' }))
    .optional(),
  MessageAction: z.literal('SUPPRESS').optional(),
  ClientMetadata: metadata,
});

/** AWS::Cognito::UserPoolUser */
export function userPoolUserProvider(parts: Cognito): ResourceProvider {
  return {
    type: 'AWS::Cognito::UserPoolUser',
    properties: Object.keys(shape.shape),
    replacedBy: Object.keys(shape.shape),
    async create({ token, properties }) {
      const input = parse(shape, properties);
      const pool = parts.pools.pool(input.UserPoolId);
      const sub = uuidOf(bytesFrom(token)(16));
      const existing = parts.users.bySub(pool.id, sub);
      if (existing) return { physicalId: existing.username, attributes: {} };

      const secret = generatePassword(pool, parts.randomBytes);
      const attributes = toRecord(input.UserAttributes);
      const user = buildUser(parts, pool, {
        sub,
        username: input.Username,
        attributes,
        password: secret,
        status: 'FORCE_CHANGE_PASSWORD',
      });
      await parts.users.put(pool, user);
      if (input.MessageAction !== 'SUPPRESS' && user.attributes['email']) {
        const clientMetadata = input.ClientMetadata && { clientMetadata: input.ClientMetadata };
        await parts.messages.send({ kind: 'AdminCreateUser', pool, user, secret, ...clientMetadata });
      }
      return { physicalId: user.username, attributes: {} };
    },
    update: ({ physicalId }) => Promise.resolve({ physicalId, attributes: {} }),
    async delete({ physicalId, properties }) {
      const pool = parts.pools.findPool(String(properties['UserPoolId']));
      const user = pool && parts.users.find(pool, physicalId);
      if (pool && user) await Promise.all([parts.users.delete(pool, user), parts.signIns.forgetAll(user)]);
    },
  };
}
