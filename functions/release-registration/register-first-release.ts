import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import type { HandleCustomResource } from '../layer/custom-resource.ts';
import { publishRelease, type ReleaseContent } from '../layer/releases/publish-release.ts';
import { registerRelease } from '../layer/releases/register-release.ts';
import { type PoolDependencies, requestPoolRun } from './request-pool-run.ts';

export interface Dependencies extends PoolDependencies {
  readonly s3: S3Client;
  readonly releaseBucket: string;
  readonly releasesTable: string;
}

/** The custom resource lacks a property, or has one that is not text. */
export class ReleasePropertyError extends Error {
  override readonly name = 'ReleasePropertyError';
  constructor(readonly property: string) {
    super(`The custom resource has no property ${property}; expected text`);
  }
}

/**
 * Takes the release that was deployed with the stack, as one zip, into the release bucket, enters it into Releases, and has the
 * pool made from it; later ones reach the pool by themselves where the stack says so, else by a rollout. Each part may run twice.
 */
export function registerFirstRelease(dependencies: Dependencies): HandleCustomResource {
  const { s3, releaseBucket, releasesTable, documents, clock } = dependencies;
  return async ({ RequestType, ResourceProperties }) => {
    // Releases outlive the stack, as the stacks that were made from them do.
    if (RequestType === 'Delete') return { physicalResourceId: 'release' };
    const text = (name: string): string => {
      const value: unknown = ResourceProperties[name];
      if (typeof value !== 'string' || value === '') throw new ReleasePropertyError(name);
      return value;
    };
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: text('SourceBucket'), Key: text('SourceKey') }));
    const files = unzipSync((await Body?.transformToByteArray()) ?? new Uint8Array());
    const content = readContent(files);
    const commit = text('Commit');
    const known = { ...content, ...(commit !== 'unknown' && { commit }), createdAt: clock().toISOString() };
    const manifest = await publishRelease(known, (key) => files[key], { s3, bucket: releaseBucket });
    await registerRelease(manifest, { documents, releasesTable });
    await requestPoolRun(content.release, text('PoolFollowsDeployments') === 'true', dependencies);
    return { physicalResourceId: 'release', data: { Release: content.release } };
  };
}

function readContent(files: Readonly<Record<string, Uint8Array>>): ReleaseContent {
  const file = files['release.json'];
  if (!file) throw new Error(`The release has no release.json; it has ${Object.keys(files).length} files`);
  return JSON.parse(Buffer.from(file).toString('utf8')) as ReleaseContent;
}
