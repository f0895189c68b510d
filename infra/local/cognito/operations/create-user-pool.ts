import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { operation, parse } from '../operation.ts';
import { describePool } from '../pools/describe.ts';
import { newPoolId } from '../pools/ids.ts';
import { createPool } from '../pools/manage-pools.ts';
import { poolSettings } from '../pools/pool-settings.ts';

export const createUserPool = (parts: Cognito) =>
  operation(z.looseObject({ PoolName: z.string().min(1).max(128) }), async (call, { PoolName, ...settings }) => {
    call.authorize('cognito-idp:CreateUserPool', '*');
    const id = newPoolId(parts.environment.region, parts.randomBytes);
    const pool = await createPool(parts, id, PoolName, parse(poolSettings, settings));
    return { UserPool: describePool(pool, 0) };
  });
