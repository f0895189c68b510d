import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { accessToken, operation } from '../operation.ts';
import { requireSignedIn } from '../tokens/access-token.ts';
import { requireWritable } from '../users/attribute-rules.ts';
import { deleteAttributes } from '../users/delete-attributes.ts';

const shape = z.object({ AccessToken: accessToken, UserAttributeNames: z.array(z.string()).min(1) });

export const deleteUserAttributes = (parts: Cognito) =>
  operation(shape, async (_call, { AccessToken, UserAttributeNames }) => {
    const { pool, client, user } = await requireSignedIn(parts, AccessToken);
    requireWritable(client, UserAttributeNames);
    await deleteAttributes(parts, pool, user, UserAttributeNames);
    return {};
  });
