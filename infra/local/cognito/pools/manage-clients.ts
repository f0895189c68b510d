import { AwsError } from '../../errors.ts';
import type { Client, Pool } from '../model.ts';
import { attributesOf } from './attribute-schema.ts';
import { tokenLifetimes, type ClientSettings } from './client-settings.ts';

/** Throws InvalidParameterException for attributes that the pool lacks, and lifetimes that AWS does not allow. */
export function requireClientFits(pool: Pool, settings: ClientSettings): void {
  const schema = attributesOf(pool.settings.Schema);
  for (const name of [...(settings.ReadAttributes ?? []), ...(settings.WriteAttributes ?? [])]) {
    if (!schema.has(name)) throw invalid(`Invalid attribute ${name} specified while creating a client`);
  }
  for (const [name, attribute] of settings.WriteAttributes ? schema : []) {
    const needed = attribute.required && attribute.mutable && name !== 'sub';
    if (needed && !settings.WriteAttributes?.includes(name)) {
      throw invalid(
        `Invalid write attributes specified while creating a client: ${name} is required and must be writable`,
      );
    }
  }
  const { access, id, refresh } = tokenLifetimes(settings);
  const day = 86_400;
  if (access < 300 || access > day || id < 300 || id > day) {
    throw invalid('Invalid range for token validity: access and id tokens are valid for five minutes to one day');
  }
  if (refresh < 3600 || refresh > 3650 * day)
    throw invalid('Invalid range for token validity: refresh tokens are valid for an hour to ten years');
  if (refresh < Math.max(access, id))
    throw invalid('The refresh token must be valid for longer than access and id tokens');
}

export function buildClient(
  pool: Pool,
  id: string,
  name: string,
  settings: ClientSettings,
  now: number,
  secret: string | undefined,
): Client {
  requireClientFits(pool, settings);
  return {
    id,
    poolId: pool.id,
    name,
    settings,
    createdAt: now,
    modifiedAt: now,
    ...(secret !== undefined && { secret }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
