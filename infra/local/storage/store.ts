import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../errors.ts';
import type { Clock, Json, State } from '../service.ts';

export interface Bucket {
  readonly name: string;
  readonly createdAt: number;
  /** Absent: never switched on. */
  readonly versioning?: 'Enabled' | 'Suspended' | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly policy?: Json | undefined;
}

export interface ObjectVersion {
  /** `null` for what was written while versioning was not on. */
  readonly versionId: string;
  readonly modifiedAt: number;
  /** A delete marker has no bytes. */
  readonly deleted: boolean;
  readonly sha256: string;
  readonly size: number;
  readonly etag: string;
  readonly headers: ObjectHeaders;
}

/** What was sent with the bytes and goes back with them: content-type, cache-control, x-amz-meta-…, checksums. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** What must hold for a write: that there is no such object, or that the current one has this ETag. */
export type WriteCondition = { readonly absent: true } | { readonly etag: string };

export interface ObjectWrite {
  readonly headers: ObjectHeaders;
  /** Of the bytes unless given. */
  readonly etag?: string;
  readonly condition?: WriteCondition | undefined;
}

/** All versions of one key, the newest first, so that one write is one document. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly versions: readonly ObjectVersion[];
}

export interface Upload {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly parts: Readonly<Record<string, { readonly sha256: string; readonly md5: string; readonly size: number }>>;
}

export type ObjectStore = ReturnType<typeof createObjectStore>;

/** Buckets and objects: bytes as blobs, everything else as documents. */
export function createObjectStore(state: State, clock: Clock) {
  const buckets = state.collection<Bucket>('storage/buckets');
  const objects = state.collection<StoredObject>('storage/objects');
  const uploads = state.collection<Upload>('storage/uploads');

  const bucketOf = (name: string): Bucket => {
    const bucket = buckets.get(name);
    if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
    return bucket;
  };
  const versionsOf = (bucket: string, key: string): readonly ObjectVersion[] =>
    objects.get(`${bucket}/${key}`)?.versions ?? [];
  const save = (bucket: string, key: string, versions: readonly ObjectVersion[]): Promise<void> =>
    versions.length === 0
      ? objects.delete(`${bucket}/${key}`)
      : objects.put(`${bucket}/${key}`, { bucket, key, versions });

  /** With versioning on, a new version joins the others; else it takes the place of the version `null`. */
  const add = async (
    bucket: Bucket,
    key: string,
    made: Omit<ObjectVersion, 'versionId' | 'modifiedAt'>,
  ): Promise<ObjectVersion> => {
    const versionId = bucket.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
    const version: ObjectVersion = { ...made, versionId, modifiedAt: clock.now() };
    const others = versionsOf(bucket.name, key).filter((other) => other.versionId !== versionId);
    await save(bucket.name, key, [version, ...others]);
    return version;
  };

  return {
    buckets,
    uploads,
    bucketOf,
    blobs: state.blobs,

    createBucket: async (name: string, settings: Pick<Bucket, 'versioning' | 'tags'>): Promise<void> => {
      await buckets.put(name, { name, createdAt: buckets.get(name)?.createdAt ?? clock.now(), ...settings });
    },

    deleteBucket: async (name: string): Promise<void> => {
      bucketOf(name);
      for (const object of objects.values()) {
        if (object.bucket === name)
          throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
            BucketName: name,
          });
      }
      await buckets.delete(name);
    },

    /** Objects of a bucket in the order of their keys' UTF-8 bytes. */
    list: (bucket: string, prefix: string): StoredObject[] => {
      bucketOf(bucket);
      const found = [...objects.values()].filter((object) => object.bucket === bucket && object.key.startsWith(prefix));
      return found.sort((left, right) => Buffer.compare(Buffer.from(left.key), Buffer.from(right.key)));
    },

    /** The current version; undefined where there is none, or the key was deleted. */
    current: (bucketName: string, key: string): ObjectVersion | undefined => {
      const [version] = versionsOf(bucketName, key);
      return version?.deleted ? undefined : version;
    },

    /** The current version, or the one named. Throws NoSuchKey and NoSuchVersion. */
    find: (bucketName: string, key: string, versionId?: string): ObjectVersion => {
      const versions = versionsOf(bucketOf(bucketName).name, key);
      const version =
        versionId === undefined ? versions[0] : versions.find((candidate) => candidate.versionId === versionId);
      if (version && !version.deleted) return version;
      if (version && versionId !== undefined)
        throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against a delete marker.', 405);
      if (versionId !== undefined)
        throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404, {
          Key: key,
          VersionId: versionId,
        });
      throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
    },

    /** Throws PreconditionFailed where the condition does not hold when the bytes are there; two writers cannot both meet it. */
    put: async (
      bucketName: string,
      key: string,
      bytes: Uint8Array,
      { headers, etag, condition }: ObjectWrite,
    ): Promise<ObjectVersion> => {
      bucketOf(bucketName);
      const sha256 = await state.blobs.put(bytes);
      const md5 = createHash('md5').update(bytes).digest('hex');
      if (condition) requireCondition(versionsOf(bucketName, key)[0], key, condition);
      return add(bucketOf(bucketName), key, { deleted: false, sha256, size: bytes.length, etag: etag ?? md5, headers });
    },

    /** Removes a version for good if one is named; else marks the key deleted where versions are kept. */
    remove: async (
      bucketName: string,
      key: string,
      versionId?: string,
    ): Promise<{ versionId?: string; deleteMarker: boolean }> => {
      const bucket = bucketOf(bucketName);
      const versions = versionsOf(bucketName, key);
      if (versionId !== undefined) {
        const gone = versions.find((version) => version.versionId === versionId);
        await save(
          bucketName,
          key,
          versions.filter((version) => version !== gone),
        );
        return { versionId, deleteMarker: gone?.deleted ?? false };
      }
      if (!bucket.versioning) {
        await save(bucketName, key, []);
        return { deleteMarker: false };
      }
      const marker = await add(bucket, key, { deleted: true, sha256: '', size: 0, etag: '', headers: {} });
      return { versionId: marker.versionId, deleteMarker: true };
    },
  };
}

/** Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes". */
function requireCondition(current: ObjectVersion | undefined, key: string, condition: WriteCondition): void {
  const exists = current !== undefined && !current.deleted;
  if ('absent' in condition ? !exists : exists && current.etag === condition.etag) return;
  if ('etag' in condition && !exists)
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
  throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: 'absent' in condition ? 'If-None-Match' : 'If-Match',
  });
}
