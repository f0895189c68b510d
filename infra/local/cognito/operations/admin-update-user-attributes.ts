import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { attributeList, metadata, operation, username, userPoolId } from '../operation.ts';
import { toRecord } from '../users/attribute-rules.ts';
import { writeAttributes } from '../users/write-attributes.ts';

const shape = z.object({
  UserPoolId: userPoolId,
  Username: username,
  UserAttributes: attributeList,
  ClientMetadata: metadata,
});

export const adminUpdateUserAttributes = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, Username, UserAttributes, ClientMetadata }) => {
    const pool = authorizedPool(parts, call, 'AdminUpdateUserAttributes', UserPoolId);
    const user = parts.users.get(pool, Username);
    const writing = ClientMetadata && { clientMetadata: ClientMetadata };
    await writeAttributes(parts, pool, user, toRecord(UserAttributes), writing);
    return {};
  });
