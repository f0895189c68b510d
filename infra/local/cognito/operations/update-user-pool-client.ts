import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { clientId, operation, parse, userPoolId } from '../operation.ts';
import { clientSettings } from '../pools/client-settings.ts';
import { describeClient } from '../pools/describe.ts';
import { requireClientFits } from '../pools/manage-clients.ts';

const shape = z.looseObject({
  UserPoolId: userPoolId,
  ClientId: clientId,
  ClientName: z.string().min(1).max(128).optional(),
});

/** As at AWS, what is not named falls back to its default. */
export const updateUserPoolClient = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, ClientId, ClientName, ...rest }) => {
    const pool = authorizedPool(parts, call, 'UpdateUserPoolClient', UserPoolId);
    const client = parts.pools.client(ClientId, pool.id);
    const settings = parse(clientSettings, rest);
    requireClientFits(pool, settings);
    const changed = { ...client, name: ClientName ?? client.name, settings, modifiedAt: parts.clock.now() };
    await parts.pools.putClient(changed);
    return { UserPoolClient: describeClient(changed) };
  });
