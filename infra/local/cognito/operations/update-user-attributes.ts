import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { accessToken, attributeList, metadata, operation } from '../operation.ts';
import { requireSignedIn } from '../tokens/access-token.ts';
import { requireWritable, toRecord } from '../users/attribute-rules.ts';
import { writeAttributes } from '../users/write-attributes.ts';

const shape = z.object({ AccessToken: accessToken, UserAttributes: attributeList, ClientMetadata: metadata });

export const updateUserAttributes = (parts: Cognito) =>
  operation(shape, async (_call, { AccessToken, UserAttributes, ClientMetadata }) => {
    const { pool, client, user } = await requireSignedIn(parts, AccessToken);
    const written = toRecord(UserAttributes);
    requireWritable(client, Object.keys(written));
    const writing = { clientId: client.id, ...(ClientMetadata && { clientMetadata: ClientMetadata }) };
    return { CodeDeliveryDetailsList: await writeAttributes(parts, pool, user, written, writing) };
  });
