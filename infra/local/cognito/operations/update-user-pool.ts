import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, parse, userPoolId } from '../operation.ts';
import { updatePool } from '../pools/manage-pools.ts';
import { poolSettings } from '../pools/pool-settings.ts';

const shape = z.looseObject({ UserPoolId: userPoolId, PoolName: z.string().min(1).max(128).optional() });

/** What is left out returns to its default, but for what other calls set and what cannot change. */
export const updateUserPool = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, PoolName, ...given }) => {
    const pool = authorizedPool(parts, call, 'UpdateUserPool', UserPoolId);
    const { Schema, AliasAttributes, UsernameAttributes, UsernameConfiguration, ...rest } = pool.settings;
    const { MfaConfiguration, EnabledMfas } = rest;
    const kept = { Schema, AliasAttributes, UsernameAttributes, UsernameConfiguration, MfaConfiguration, EnabledMfas };
    await updatePool(parts, pool, PoolName ?? pool.name, parse(poolSettings, { ...kept, ...given }));
    return {};
  });
