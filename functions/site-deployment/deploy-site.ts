import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import type { HandleCustomResource } from '../layer/custom-resource.ts';
import { headersOf } from './object-headers.ts';
import { readSite } from './site-properties.ts';

export interface Dependencies {
  readonly s3: S3Client;
}

/**
 * Keeps the bucket that browsers are served from like a built site (a zip), and writes config.json beside it. Pages come last, when all
 * that they ask for is there; files of earlier builds stay, for pages that are open. A deletion empties the bucket.
 */
export function deploySite({ s3 }: Dependencies): HandleCustomResource {
  return async ({ RequestType, ResourceProperties }) => {
    const { sourceBucket, sourceKey, siteBucket, config } = readSite(ResourceProperties);
    if (RequestType === 'Delete') await empty(siteBucket);
    else await fill(siteBucket, await readZip(sourceBucket, sourceKey), config);
    return { physicalResourceId: `site-${siteBucket}` };
  };

  async function readZip(bucket: string, key: string): Promise<[string, Uint8Array][]> {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!body) throw new Error(`s3://${bucket}/${key} has no content, expected a zip`);
    const entries = Object.entries(unzipSync(await body.transformToByteArray()));
    return entries.filter(([name]) => !name.endsWith('/'));
  }

  async function fill(bucket: string, files: readonly [string, Uint8Array][], config: object): Promise<void> {
    const isPage = ([name]: readonly [string, Uint8Array]): boolean => name.endsWith('.html');
    await Promise.all(files.filter((file) => !isPage(file)).map(([name, bytes]) => put(bucket, name, bytes)));
    await put(bucket, 'config.json', new TextEncoder().encode(JSON.stringify(config)));
    await Promise.all(files.filter(isPage).map(([name, bytes]) => put(bucket, name, bytes)));
  }

  async function put(bucket: string, key: string, bytes: Uint8Array): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ...headersOf(key) }));
  }

  async function empty(bucket: string): Promise<void> {
    for (;;) {
      const { Contents: objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      if (objects.length === 0) return;
      await Promise.all(objects.map(({ Key }) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))));
    }
  }
}
