import type { Cognito } from '../context.ts';
import type { Pool, User } from '../model.ts';
import { requireDeletable } from './attribute-rules.ts';

/** Removes attributes, and with an address whether it was verified. Throws for what the pool needs. */
export async function deleteAttributes(
  { users }: Pick<Cognito, 'users'>,
  pool: Pool,
  user: User,
  names: readonly string[],
): Promise<void> {
  requireDeletable(pool, names);
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]));
  await users.update(pool, user, ({ attributes }) => ({
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => !gone.has(name))),
  }));
}
