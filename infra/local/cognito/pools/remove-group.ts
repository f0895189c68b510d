import type { Cognito } from '../context.ts';
import type { Pool } from '../model.ts';

/** Deletes a group and takes its members out, so that a later group of that name begins empty. */
export async function removeGroup(
  { pools, users }: Pick<Cognito, 'pools' | 'users'>,
  pool: Pool,
  name: string,
): Promise<void> {
  const members = [...users.of(pool.id)].filter(({ groups }) => groups.includes(name));
  await Promise.all(
    members.map((user) =>
      users.update(pool, user, ({ groups }) => ({ groups: groups.filter((group) => group !== name) })),
    ),
  );
  await pools.deleteGroup(pool.id, name);
}
