import { randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { type Clock, systemClock } from './clock.ts';

/** Where code gets new ids from, so that a test can foretell them. */
export type CreateId = () => string;

/** Ids that sort by the time they were made: tenants, users, audit entries. 26 characters. */
export function ulids(clock: Clock = systemClock): CreateId {
  return () => ulid(clock().getTime());
}

/** Ids that tell nothing and cannot be guessed (122 random bits): for what whoever holds the id may read. */
export const unguessableIds: CreateId = () => randomUUID();
