import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, parse, userPoolId } from '../operation.ts';
import { clientSettings } from '../pools/client-settings.ts';
import { describeClient } from '../pools/describe.ts';
import { newClientId, newClientSecret } from '../pools/ids.ts';
import { buildClient } from '../pools/manage-clients.ts';

const shape = z.looseObject({
  UserPoolId: userPoolId,
  ClientName: z.string().min(1).max(128),
  GenerateSecret: z.boolean().default(false),
});

export const createUserPoolClient = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, ClientName, GenerateSecret, ...rest }) => {
    const pool = authorizedPool(parts, call, 'CreateUserPoolClient', UserPoolId);
    const settings = parse(clientSettings, rest);
    const secret = GenerateSecret ? newClientSecret(parts.randomBytes) : undefined;
    const client = buildClient(pool, newClientId(parts.randomBytes), ClientName, settings, parts.clock.now(), secret);
    await parts.pools.putClient(client);
    return { UserPoolClient: describeClient(client) };
  });
