import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../errors.ts';
import { poolArn, type Cognito } from '../context.ts';
import type { Pool } from '../model.ts';
import { attributesOf } from './attribute-schema.ts';
import type { PoolSettings } from './pool-settings.ts';

type Parts = Pick<Cognito, 'pools' | 'users' | 'signIns' | 'signingKeys' | 'clock' | 'environment'>;

/** Stores a pool that is new, or that an interrupted creation left. Its keys are made while the caller goes on. */
export async function createPool(parts: Parts, id: string, name: string, settings: PoolSettings): Promise<Pool> {
  const now = parts.clock.now();
  const createdAt = parts.pools.findPool(id)?.createdAt ?? now;
  const pool: Pool = { id, name, arn: poolArn(parts.environment, id), settings, createdAt, modifiedAt: now };
  await parts.pools.putPool(pool);
  parts.signingKeys.prepare(id);
  return pool;
}

/** Throws InvalidParameterException for what cannot change once a pool is there. */
export async function updatePool(parts: Parts, pool: Pool, name: string, settings: PoolSettings): Promise<Pool> {
  for (const property of ['UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration'] as const) {
    if (!isDeepStrictEqual(settings[property], pool.settings[property])) {
      throw new AwsError('InvalidParameterException', `Updates are not allowed for property - ${property}.`);
    }
  }
  const after = attributesOf(settings.Schema);
  for (const [attribute, before] of attributesOf(pool.settings.Schema)) {
    if (!isDeepStrictEqual(after.get(attribute), before)) {
      throw new AwsError(
        'InvalidParameterException',
        `Existing schema attributes cannot be modified or deleted: ${attribute}.`,
      );
    }
  }
  const updated = { ...pool, name, settings, modifiedAt: parts.clock.now() };
  await parts.pools.putPool(updated);
  return updated;
}

/** Takes everything of the pool along. Throws InvalidParameterException while deletion protection is on. */
export async function deletePool(parts: Parts, pool: Pool): Promise<void> {
  if (pool.settings.DeletionProtection === 'ACTIVE') {
    throw new AwsError(
      'InvalidParameterException',
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    );
  }
  await Promise.all([...parts.users.of(pool.id)].map((user) => parts.signIns.forgetAll(user)));
  await parts.users.deleteAll(pool);
  await parts.signingKeys.forget(pool.id);
  await parts.pools.deletePool(pool.id);
}
