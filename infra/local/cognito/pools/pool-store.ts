import { AwsError } from '../../errors.ts';
import type { State } from '../../service.ts';
import type { Client, Group, Pool } from '../model.ts';

/** Pools and what belongs to them, by id. */
export interface PoolStore {
  /** Throws ResourceNotFoundException. */
  pool(id: string): Pool;
  findPool(id: string): Pool | undefined;
  pools(): Pool[];
  putPool(pool: Pool): Promise<void>;
  /** Takes its clients and groups along. */
  deletePool(id: string): Promise<void>;

  /** Throws ResourceNotFoundException, also for a client of another pool than the one named. */
  client(id: string, poolId?: string): Client;
  findClient(id: string): Client | undefined;
  clients(poolId: string): Client[];
  putClient(client: Client): Promise<void>;
  deleteClient(id: string): Promise<void>;

  /** Throws ResourceNotFoundException. */
  group(poolId: string, name: string): Group;
  findGroup(poolId: string, name: string): Group | undefined;
  groups(poolId: string): Group[];
  putGroup(group: Group): Promise<void>;
  deleteGroup(poolId: string, name: string): Promise<void>;
}

export function createPoolStore(state: State): PoolStore {
  const pools = state.collection<Pool>('cognito/pools');
  const clients = state.collection<Client>('cognito/clients');
  const groups = state.collection<Group>('cognito/groups');
  const groupKey = (poolId: string, name: string) => `${poolId}/${name}`;
  const of = <Document extends { readonly poolId: string }>(documents: Iterable<Document>, poolId: string) =>
    [...documents].filter((document) => document.poolId === poolId);

  const store: PoolStore = {
    findPool: (id) => pools.get(id),
    pool: (id) => found(pools.get(id), `User pool ${id} does not exist.`),
    pools: () => [...pools.values()],
    putPool: (pool) => pools.put(pool.id, pool),
    async deletePool(id) {
      await Promise.all([
        ...store.clients(id).map((client) => clients.delete(client.id)),
        ...store.groups(id).map((group) => groups.delete(groupKey(id, group.name))),
      ]);
      await pools.delete(id);
    },

    findClient: (id) => clients.get(id),
    client(id, poolId) {
      const client = clients.get(id);
      const mine = client && (poolId === undefined || client.poolId === poolId) ? client : undefined;
      return found(mine, `User pool client ${id} does not exist.`);
    },
    clients: (poolId) => of(clients.values(), poolId),
    putClient: (client) => clients.put(client.id, client),
    deleteClient: (id) => clients.delete(id),

    findGroup: (poolId, name) => groups.get(groupKey(poolId, name)),
    group: (poolId, name) => found(groups.get(groupKey(poolId, name)), 'Group not found.'),
    groups: (poolId) => of(groups.values(), poolId),
    putGroup: (group) => groups.put(groupKey(group.poolId, group.name), group),
    deleteGroup: (poolId, name) => groups.delete(groupKey(poolId, name)),
  };
  return store;
}

function found<Document>(document: Document | undefined, message: string): Document {
  if (document) return document;
  throw new AwsError('ResourceNotFoundException', message);
}
