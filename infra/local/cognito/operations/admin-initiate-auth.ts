import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { clientId, metadata, operation, texts, userPoolId } from '../operation.ts';
import { initiate } from '../sign-in/initiate.ts';

const shape = z.object({
  UserPoolId: userPoolId,
  ClientId: clientId,
  AuthFlow: z.string(),
  AuthParameters: texts.default({}),
  ClientMetadata: metadata,
});

export const adminInitiateAuth = (parts: Cognito) =>
  operation(shape, (call, { UserPoolId, ClientId, AuthFlow, AuthParameters, ClientMetadata }) => {
    const pool = authorizedPool(parts, call, 'AdminInitiateAuth', UserPoolId);
    const client = parts.pools.client(ClientId, pool.id);
    const app = { pool, client, ...(ClientMetadata && { clientMetadata: ClientMetadata }) };
    return initiate(parts, app, AuthFlow, AuthParameters, 'administrator');
  });
