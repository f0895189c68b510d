import type { ResourceProvider, ResourceResult } from '../../service.ts';
import type { Cognito } from '../context.ts';
import type { Pool } from '../model.ts';
import { parse } from '../operation.ts';
import { bytesFrom, newPoolId } from '../pools/ids.ts';
import { createPool, deletePool, updatePool } from '../pools/manage-pools.ts';
import { poolSettings } from '../pools/pool-settings.ts';
import { issuer } from '../tokens/issue-tokens.ts';

/** AWS::Cognito::UserPool */
export function userPoolProvider(parts: Cognito): ResourceProvider {
  const { region } = parts.environment;

  const result = (pool: Pool): ResourceResult => ({
    physicalId: pool.id,
    attributes: {
      Arn: pool.arn,
      UserPoolId: pool.id,
      ProviderName: issuer(region, pool.id).replace('https://', ''),
      ProviderURL: issuer(region, pool.id),
    },
  });

  return {
    type: 'AWS::Cognito::UserPool',
    properties: ['UserPoolName', ...Object.keys(poolSettings.shape)],
    replacedBy: [],
    async create({ token, stackName, logicalId, properties: { UserPoolName, ...settings } }) {
      const id = newPoolId(region, bytesFrom(token));
      const name = typeof UserPoolName === 'string' ? UserPoolName : `${stackName}-${logicalId}`;
      return result(await createPool(parts, id, name, parse(poolSettings, settings)));
    },
    async update({ physicalId, properties: { UserPoolName, ...settings } }) {
      const pool = parts.pools.pool(physicalId);
      const name = typeof UserPoolName === 'string' ? UserPoolName : pool.name;
      return result(await updatePool(parts, pool, name, parse(poolSettings, settings)));
    },
    async delete({ physicalId }) {
      const pool = parts.pools.findPool(physicalId);
      if (pool) await deletePool(parts, pool);
    },
  };
}
