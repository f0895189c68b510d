import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

export interface ReleaseFile {
  readonly key: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** What a release is made of; the same content has the same name. */
export interface ReleaseContent {
  readonly release: string;
  readonly version: string;
  readonly template: ReleaseFile;
  readonly program: ReleaseFile;
  readonly assets: readonly ReleaseFile[];
}

/** `releases/<release>/manifest.json` */
export interface Manifest extends ReleaseContent {
  readonly commit?: string;
  readonly createdAt: string;
}

export interface ReleaseStore {
  readonly s3: S3Client;
  readonly bucket: string;
}

/** A file that the release names is not there. */
export class ReleaseFileError extends Error {
  override readonly name = 'ReleaseFileError';
  constructor(readonly release: string, readonly key: string) {
    super(`Release ${release} names ${key}, which is not among its files`);
  }
}

/**
 * Writes a release into its bucket, the manifest last: what has a manifest is whole. Nothing that is there is written again, so a
 * release never changes; publishing it twice answers the manifest of the first time.
 */
export async function publishRelease(
  manifest: Manifest,
  read: (key: string) => Uint8Array | undefined,
  store: ReleaseStore,
): Promise<Manifest> {
  const { release, template, program, assets } = manifest;
  const key = `releases/${release}/manifest.json`;
  const known = await readManifest(key, store);
  if (known) return known;
  const there = await listKeys('assets/', store);
  const missing = [template, program, ...assets].filter((file) => !there.has(file.key));
  await Promise.all(
    missing.map((file) => {
      const bytes = read(file.key);
      if (!bytes) throw new ReleaseFileError(release, file.key);
      return putNew(file.key, bytes, store);
    }),
  );
  await putNew(key, Buffer.from(JSON.stringify(manifest, null, 1)), store);
  return (await readManifest(key, store)) ?? manifest;
}

async function readManifest(key: string, { s3, bucket }: ReleaseStore): Promise<Manifest | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? '') as Manifest;
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

async function listKeys(prefix: string, { s3, bucket }: ReleaseStore): Promise<Set<string>> {
  const keys = new Set<string>();
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token && { ContinuationToken: token }) }),
    );
    for (const { Key } of page.Contents ?? []) if (Key) keys.add(Key);
    token = page.NextContinuationToken;
  }
  return keys;
}

async function putNew(key: string, body: Uint8Array, { s3, bucket }: ReleaseStore): Promise<void> {
  try {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
  } catch (error) {
    // Its key stands for its content, so what is there is the same.
    if (!(error instanceof S3ServiceException && error.name === 'PreconditionFailed')) throw error;
  }
}
