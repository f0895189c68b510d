import type { S3Client } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { CloudFormationCustomResourceEvent } from '../layer/custom-resource.ts';
import { deploySite } from './deploy-site.ts';

interface Put {
  readonly Key: string;
  readonly Body: Uint8Array;
  readonly ContentType: string;
  readonly CacheControl: string;
}

const zip = zipSync({
  'shop/index.html': new TextEncoder().encode('<html>'),
  'assets/a-123.js': new TextEncoder().encode('a()'),
});

/** A bucket in memory, as far as the function knows S3. */
function aBucket(files: Record<string, Uint8Array> = { 'site.zip': zip }) {
  const puts: Put[] = [];
  const kept = new Set<string>(['old.js']);
  const send = async ({ constructor, input }: { constructor: { name: string }; input: Put }) => {
    switch (constructor.name) {
      case 'GetObjectCommand':
        return { Body: { transformToByteArray: async () => files[input.Key] } };
      case 'PutObjectCommand':
        puts.push(input);
        return {};
      case 'ListObjectsV2Command':
        return { Contents: [...kept].map((Key) => ({ Key })) };
      case 'DeleteObjectCommand':
        kept.delete(input.Key);
        return {};
      default:
        throw new Error(`Not expected: ${constructor.name}`);
    }
  };
  return { puts, kept, deploy: deploySite({ s3: { send } as unknown as S3Client }) };
}

function event(RequestType: string, more: Record<string, unknown> = {}): CloudFormationCustomResourceEvent {
  const config = { region: 'us-east-1', inboxUrl: '', pool: { id: 'p', endpoint: '' } };
  const properties = { sourceBucket: 'assets', sourceKey: 'site.zip', siteBucket: 'site', config, ...more };
  return { RequestType, ResourceProperties: properties } as unknown as CloudFormationCustomResourceEvent;
}

test('puts every file with its type and how long it may be kept; pages last', async () => {
  const { puts, deploy } = aBucket();
  expect(await deploy(event('Create'))).toEqual({ physicalResourceId: 'site-site' });
  expect(puts.map(({ Key, ContentType, CacheControl }) => [Key, ContentType, CacheControl])).toEqual([
    ['assets/a-123.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['config.json', 'application/json', 'no-cache'],
    ['shop/index.html', 'text/html; charset=utf-8', 'no-cache'],
  ]);
});

test('writes config.json without what is not set', async () => {
  const { puts, deploy } = aBucket();
  await deploy(event('Update'));
  const config = puts.find(({ Key }) => Key === 'config.json');
  expect(JSON.parse(new TextDecoder().decode(config?.Body))).toEqual({ region: 'us-east-1', pool: { id: 'p' } });
});

test('a deletion empties the bucket, and may come twice', async () => {
  const { kept, deploy } = aBucket();
  await deploy(event('Delete'));
  await deploy(event('Delete'));
  expect(kept.size).toBe(0);
});

test('says what is missing, and which file it does not know', async () => {
  await expect(aBucket().deploy(event('Create', { siteBucket: '', config: null }))).rejects.toThrow(
    'siteBucket, config',
  );
  const odd = aBucket({ 'site.zip': zipSync({ 'a.exe': new Uint8Array() }) });
  await expect(odd.deploy(event('Create'))).rejects.toThrow('a.exe has a type that is not known');
});
