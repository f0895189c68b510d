import { AwsError } from '../../errors.ts';
import type { State } from '../../service.ts';
import type { Pool, User } from '../model.ts';
import { caseFolded, signInNames } from './sign-in-names.ts';

/** Users, with indexes in memory by every name that they can sign in with. */
export interface UserStore {
  /** By username, alias or sub. */
  find(pool: Pool, name: string): User | undefined;
  /** As find; throws UserNotFoundException. */
  get(pool: Pool, name: string): User;
  bySub(poolId: string, sub: string): User | undefined;
  /** In the order they were made. */
  of(poolId: string): IterableIterator<User>;
  count(poolId: string): number;
  /**
   * A new user takes the next place in the order. Throws UsernameExistsException or AliasExistsException if another user
   * has one of its names.
   */
  put(pool: Pool, user: User): Promise<void>;
  /** Applies `change` to the user as it is now. Throws UserNotFoundException if it is gone. */
  update(pool: Pool, user: User, change: (current: User) => Partial<User>): Promise<User>;
  delete(pool: Pool, user: User): Promise<void>;
  deleteAll(pool: Pool): Promise<void>;
}

export function createUserStore(
  state: State,
  findPool: (id: string) => Pool | undefined,
  now: () => number,
): UserStore {
  const documents = state.collection<User>('cognito/users');
  const byPool = new Map<string, Map<string, User>>();
  const byName = new Map<string, string>();
  let lastSequence = 0;

  const keyOf = (poolId: string, sub: string) => `${poolId}/${sub}`;
  const nameKey = (pool: Pool, name: string) => `${pool.id}/${caseFolded(pool, name)}`;
  const usersOf = (poolId: string): Map<string, User> => {
    const existing = byPool.get(poolId) ?? new Map<string, User>();
    byPool.set(poolId, existing);
    return existing;
  };

  const unindex = (pool: Pool, user: User) => {
    for (const { name } of signInNames(pool, user)) byName.delete(nameKey(pool, name));
  };
  const index = (pool: Pool, user: User) => {
    usersOf(pool.id).set(user.sub, user);
    for (const { name } of signInNames(pool, user)) byName.set(nameKey(pool, name), user.sub);
  };

  for (const user of [...documents.values()].sort((left, right) => left.sequence - right.sequence)) {
    lastSequence = user.sequence;
    const pool = findPool(user.poolId);
    if (pool) index(pool, user);
  }

  const store: UserStore = {
    bySub: (poolId, sub) => byPool.get(poolId)?.get(sub),
    find(pool, name) {
      const sub = byName.get(nameKey(pool, name));
      return store.bySub(pool.id, sub ?? name);
    },
    get(pool, name) {
      const user = store.find(pool, name);
      if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
      return user;
    },
    of: (poolId) => usersOf(poolId).values(),
    count: (poolId) => byPool.get(poolId)?.size ?? 0,

    async put(pool, user) {
      const previous = store.bySub(pool.id, user.sub);
      for (const { name, attribute } of signInNames(pool, user)) {
        const owner = byName.get(nameKey(pool, name));
        if (owner === undefined || owner === user.sub) continue;
        if (attribute === undefined) throw new AwsError('UsernameExistsException', 'User account already exists');
        const code = previous ? 'AliasExistsException' : 'UsernameExistsException';
        throw new AwsError(code, `An account with the given ${attribute} already exists.`);
      }
      if (previous) unindex(pool, previous);
      const placed = previous ? user : { ...user, sequence: (lastSequence += 1) };
      index(pool, placed);
      await documents.put(keyOf(pool.id, user.sub), placed);
    },

    async update(pool, user, change) {
      const current = store.bySub(pool.id, user.sub);
      if (!current) throw new AwsError('UserNotFoundException', 'User does not exist.');
      const changed: User = { ...current, ...change(current), modifiedAt: now() };
      await store.put(pool, changed);
      return changed;
    },

    async delete(pool, user) {
      const current = store.bySub(pool.id, user.sub);
      if (!current) return;
      unindex(pool, current);
      usersOf(pool.id).delete(user.sub);
      await documents.delete(keyOf(pool.id, user.sub));
    },

    async deleteAll(pool) {
      await Promise.all([...store.of(pool.id)].map((user) => store.delete(pool, user)));
      byPool.delete(pool.id);
    },
  };
  return store;
}
