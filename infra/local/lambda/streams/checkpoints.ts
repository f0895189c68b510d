import type { State } from '../../service.ts';
import type { Checkpoint } from '../model.ts';

/** How far a mapping is on each shard, durable. */
export interface Checkpoints {
  get(shardId: string): Checkpoint | undefined;
  put(shardId: string, checkpoint: Checkpoint): Promise<void>;
  /** Forgets shards that the stream has no more, or all. */
  keepOnly(shardIds: readonly string[]): Promise<void>;
}

export function createCheckpoints(state: State, mappingId: string): Checkpoints {
  const documents = state.collection<Checkpoint>('lambda/checkpoints');
  const prefix = `${mappingId}:`;
  return {
    get: (shardId) => documents.get(prefix + shardId),
    put: (shardId, checkpoint) => documents.put(prefix + shardId, checkpoint),
    async keepOnly(shardIds) {
      const kept = new Set(shardIds.map((shardId) => prefix + shardId));
      const gone = [...documents.ids()].filter((id) => id.startsWith(prefix) && !kept.has(id));
      await Promise.all(gone.map((id) => documents.delete(id)));
    },
  };
}
