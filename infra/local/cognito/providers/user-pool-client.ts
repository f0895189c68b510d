import { z } from 'zod';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import type { Cognito } from '../context.ts';
import type { Client } from '../model.ts';
import { parse, userPoolId } from '../operation.ts';
import { clientSettings } from '../pools/client-settings.ts';
import { flag } from '../pools/coerce.ts';
import { bytesFrom, newClientId, newClientSecret } from '../pools/ids.ts';
import { buildClient } from '../pools/manage-clients.ts';

const own = z.looseObject({
  UserPoolId: userPoolId,
  ClientName: z.string().min(1).max(128).optional(),
  GenerateSecret: flag.default(false),
});

/** AWS::Cognito::UserPoolClient */
export function userPoolClientProvider(parts: Cognito): ResourceProvider {
  const read = (properties: JsonObject) => {
    const { UserPoolId, ClientName, GenerateSecret, ...rest } = parse(own, properties);
    return { pool: parts.pools.pool(UserPoolId), ClientName, GenerateSecret, settings: parse(clientSettings, rest) };
  };

  return {
    type: 'AWS::Cognito::UserPoolClient',
    properties: [...Object.keys(own.shape), ...Object.keys(clientSettings.shape)],
    replacedBy: ['UserPoolId', 'GenerateSecret'],
    async create({ token, logicalId, properties }) {
      const { pool, ClientName, GenerateSecret, settings } = read(properties);
      // The token is no secret, so the client's is made with the service's own key.
      const secretBytes = bytesFrom(parts.secrets.digest('client secret', token).toString('hex'));
      const secret = GenerateSecret ? newClientSecret(secretBytes) : undefined;
      const id = newClientId(bytesFrom(token));
      const client = buildClient(pool, id, ClientName ?? `${logicalId}-${id}`, settings, parts.clock.now(), secret);
      await parts.pools.putClient(client);
      return result(client);
    },
    async update({ physicalId, properties }) {
      const { pool, ClientName, settings } = read(properties);
      const current = parts.pools.client(physicalId, pool.id);
      const built = buildClient(
        pool,
        current.id,
        ClientName ?? current.name,
        settings,
        parts.clock.now(),
        current.secret,
      );
      const client = { ...built, createdAt: current.createdAt };
      await parts.pools.putClient(client);
      return result(client);
    },
    delete: ({ physicalId }) => parts.pools.deleteClient(physicalId),
  };
}

function result(client: Client): ResourceResult {
  return {
    physicalId: client.id,
    attributes: { ClientId: client.id, Name: client.name, ...(client.secret && { ClientSecret: client.secret }) },
  };
}
