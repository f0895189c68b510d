import { createHash } from 'node:crypto';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import type { Manifest } from '../layer/releases/publish-release.ts';

/** There is no such release, or it is not what it was when it was made. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
  constructor(readonly release: string, readonly reason: string) {
    super(`Release ${JSON.stringify(release)}: ${reason}`);
  }
}

/** Reads the manifest and checks the template against it. What is not the name of a release never becomes part of a key. */
export async function readManifest(s3: S3Client, bucket: string, release: string): Promise<Manifest> {
  if (!/^[0-9A-Za-z][0-9A-Za-z.-]{0,79}$/.test(release) || release.includes('..'))
    throw new ReleaseError(release, 'not the name of a release, expected letters, digits, dots and hyphens');
  const read = async (key: string): Promise<Uint8Array> => {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (error instanceof NoSuchKey) throw new ReleaseError(release, `${key} is not in the bucket ${bucket}`);
      throw error;
    }
  };
  const text = Buffer.from(await read(`releases/${release}/manifest.json`)).toString('utf8');
  const manifest = JSON.parse(text) as Manifest;
  const template = await read(manifest.template.key);
  const sha256 = createHash('sha256').update(template).digest('hex');
  if (sha256 !== manifest.template.sha256)
    throw new ReleaseError(release, `its template has the checksum ${sha256}, expected ${manifest.template.sha256}`);
  return manifest;
}
