import type { Clock, Environment, LocalService, ObjectCatalog, Objects, State, StoredObjects } from '../service.ts';
import { storageApi } from './api.ts';
import { bucketPolicyProvider } from './providers/bucket-policy.ts';
import { bucketProvider } from './providers/bucket.ts';
import { createObjectStore } from './store.ts';

export interface StorageDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
}

export interface Buckets {
  /** Makes the bucket unless it is there. */
  ensureBucket(name: string): Promise<void>;
}

/** S3. */
export function createStorage({
  state,
  environment,
  clock,
}: StorageDependencies): LocalService & Objects & ObjectCatalog & StoredObjects & Buckets {
  const store = createObjectStore(state, clock);
  return {
    name: 'storage',
    apis: [storageApi({ store, environment })],
    providers: [bucketProvider(store, environment), bucketPolicyProvider(store)],
    ensureBucket: async (name) => {
      if (!store.buckets.has(name)) await store.createBucket(name, { tags: {} });
    },
    describe: (bucket, key, version) => store.find(bucket, key, version),
    read: (bucket, key, version) => store.blobs.get(store.find(bucket, key, version).sha256),
    open: async (bucket, key) => {
      const version = store.buckets.has(bucket) ? store.current(bucket, key) : undefined;
      return version && { bytes: await store.blobs.get(version.sha256), etag: version.etag, headers: version.headers };
    },
    write: async (bucket, key, bytes) =>
      void (await store.put(bucket, key, bytes, { headers: { 'content-type': 'application/octet-stream' } })),
  };
}
