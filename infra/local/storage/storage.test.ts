import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AwsError } from '../errors.ts';
import type { LocalService, Objects } from '../service.ts';
import { type RunningServices, startServices } from '../testing/start-services.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { createStorage } from './index.ts';

let cloud: RunningServices;
let storage: LocalService & Objects;
let s3: S3Client;
let denied: string[] = [];

beforeAll(async () => {
  const identity = {
    ...trustingIdentity,
    authorize: (_: unknown, action: string, resource: string) => {
      if (denied.includes(`${action} ${resource}`)) throw new AwsError('AccessDeniedException', `not ${action}`, 403);
    },
  };
  cloud = await startServices((environment, state) => {
    storage = createStorage({ state, environment, clock: { now: () => Date.now() } });
    return [storage];
  }, identity);
  s3 = new S3Client({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'plain' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'versioned' }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration: { Status: 'Enabled' } }),
  );
});
afterAll(async () => {
  await cloud.stop();
  expect(cloud.faults).toEqual([]);
});

const text = async (Bucket: string, Key: string, VersionId?: string) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();

describe('objects', () => {
  test('keep bytes, type and metadata, whatever the key', async () => {
    const Key = 'a folder/ünï+code?&.json';
    await s3.send(
      new PutObjectCommand({
        Bucket: 'plain',
        Key,
        Body: '{"a":1}',
        ContentType: 'application/json',
        Metadata: { who: 'me' },
      }),
    );
    const answer = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key }));
    expect(await answer.Body?.transformToString()).toBe('{"a":1}');
    expect(answer).toMatchObject({ ContentType: 'application/json', Metadata: { who: 'me' }, ContentLength: 7 });
    expect(answer.ETag).toMatch(/^"[0-9a-f]{32}"$/);
    expect((await storage.read('plain', Key)).toString()).toBe('{"a":1}');
  });

  test('a stream arrives out of its aws-chunked framing', async () => {
    const bytes = randomBytes(200_000);
    const Body = Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]);
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'stream', Body, ContentLength: bytes.length }));
    expect((await storage.read('plain', 'stream')).equals(bytes)).toBe(true);
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'stream' }));
    expect(head.ContentLength).toBe(200_000);
    expect(head.ContentEncoding).toBeUndefined();
  });

  test('a body that is not what its checksum says is refused and not kept', async () => {
    const wrong = new PutObjectCommand({ Bucket: 'plain', Key: 'wrong', Body: 'x', ChecksumCRC32: 'AAAAAA==' });
    await expect(s3.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(text('plain', 'wrong')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('ranges, and writes only where nothing is', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'digits', Body: '0123456789' }));
    const part = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'digits', Range: 'bytes=2-4' }));
    expect(await part.Body?.transformToString()).toBe('234');
    expect(part.ContentRange).toBe('bytes 2-4/10');
    const again = new PutObjectCommand({ Bucket: 'plain', Key: 'digits', Body: 'x', IfNoneMatch: '*' });
    await expect(s3.send(again)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('of many that write where nothing is, at once, one does', async () => {
    const Key = 'claimed';
    const writes = Array.from({ length: 8 }, (_, index) =>
      s3.send(new PutObjectCommand({ Bucket: 'versioned', Key, Body: `writer ${index}`, IfNoneMatch: '*' })),
    );
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'versioned', Prefix: Key }));
    expect(Versions).toHaveLength(1);
    // Where a delete marker is, there is no object.
    await s3.send(new DeleteObjectCommand({ Bucket: 'versioned', Key }));
    await s3.send(new PutObjectCommand({ Bucket: 'versioned', Key, Body: 'next', IfNoneMatch: '*' }));
    expect(await text('versioned', Key)).toBe('next');
  });

  test('a write over a version that is not the current one any more is refused', async () => {
    const write = (Body: string, IfMatch?: string) =>
      s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'edited', Body, IfMatch }));
    const first = await write('first');
    await write('second', first.ETag);
    await expect(write('third', first.ETag)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await text('plain', 'edited')).toBe('second');
    await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'edited' }));
    await expect(write('third', first.ETag)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('copy, and a multipart upload', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'from', Body: 'copied' }));
    await s3.send(new CopyObjectCommand({ Bucket: 'versioned', Key: 'to', CopySource: 'plain/from' }));
    expect(await text('versioned', 'to')).toBe('copied');

    const target = { Bucket: 'plain', Key: 'large' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
    const parts = await Promise.all(
      ['one,', 'two'].map((Body, index) =>
        s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: index + 1, Body })),
      ),
    );
    const Parts = parts.map(({ ETag }, index) => ({ ETag, PartNumber: index + 1 }));
    const done = await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
    expect(done.ETag).toMatch(/-2"$/);
    expect(await text('plain', 'large')).toBe('one,two');
  });
});

describe('versions', () => {
  test('each write is kept; a delete is a marker; removing the marker brings the object back', async () => {
    const target = { Bucket: 'versioned', Key: 'v' };
    const first = await s3.send(new PutObjectCommand({ ...target, Body: '1' }));
    await s3.send(new PutObjectCommand({ ...target, Body: '2' }));
    expect(await text('versioned', 'v')).toBe('2');
    expect(await text('versioned', 'v', first.VersionId)).toBe('1');

    const { DeleteMarker, VersionId } = await s3.send(new DeleteObjectCommand(target));
    expect(DeleteMarker).toBe(true);
    await expect(text('versioned', 'v')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const listed = await s3.send(new ListObjectVersionsCommand({ Bucket: 'versioned', Prefix: 'v' }));
    expect([listed.Versions?.length, listed.DeleteMarkers?.length]).toEqual([2, 1]);
    await s3.send(new DeleteObjectCommand({ ...target, VersionId }));
    expect(await text('versioned', 'v')).toBe('2');
  });
});

describe('lists', () => {
  test('pages in order of keys, with common prefixes', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'listed' }));
    for (const key of ['b/2', 'a', 'b/1', 'c']) await storage.write('listed', key, Buffer.from(key));
    const list = (more: object) =>
      s3.send(new ListObjectsV2Command({ Bucket: 'listed', Delimiter: '/', MaxKeys: 2, ...more }));
    const first = await list({});
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['a']);
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'b/' }]);
    const second = await list({ ContinuationToken: first.NextContinuationToken });
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['c']);
    expect(second.IsTruncated).toBe(false);
  });

  test('a bucket with objects stays; an empty one goes', async () => {
    await expect(s3.send(new DeleteBucketCommand({ Bucket: 'listed' }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
    });
    const Objects = ['a', 'b/1', 'b/2', 'c', 'never there'].map((Key) => ({ Key }));
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket: 'listed', Delete: { Objects } }));
    expect(Deleted?.length).toBe(5);
    await s3.send(new DeleteBucketCommand({ Bucket: 'listed' }));
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['plain', 'versioned']);
  });

  test('what a deploying tool asks of its bucket', async () => {
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: 'plain' }))).LocationConstraint).toBeFalsy();
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket: 'plain' }));
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe(
      'AES256',
    );
  });
});

describe('authorization', () => {
  test('each object is asked for by its own name', async () => {
    await storage.write('plain', 'secret', Buffer.from('s'));
    denied = [
      's3:GetObject arn:aws:s3:::plain/secret',
      's3:DeleteObject arn:aws:s3:::plain/secret',
      's3:PutObject arn:aws:s3:::plain/x',
    ];
    await expect(text('plain', 'secret')).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    const copy = new CopyObjectCommand({ Bucket: 'plain', Key: 'y', CopySource: 'plain/secret' });
    await expect(s3.send(copy)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'x', Body: '' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const Objects = [{ Key: 'secret' }];
    const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects } }));
    expect(Errors).toMatchObject([{ Key: 'secret', Code: 'AccessDenied' }]);
    denied = [];
    expect(await text('plain', 'secret')).toBe('s');
  });
});

describe('CloudFormation types', () => {
  const scope = { stackName: 'Stack', stackId: 'id', logicalId: 'Assets', tags: {} };
  const providerOf = (type: string) =>
    storage.providers?.find((provider) => provider.type === type) as NonNullable<LocalService['providers']>[number];

  test('a bucket is created once for one token, and refused where another has the name', async () => {
    const bucket = providerOf('AWS::S3::Bucket');
    const properties = { VersioningConfiguration: { Status: 'Enabled' } };
    const first = await bucket.create({ ...scope, token: 'abcdef0123456789', properties });
    expect(await bucket.create({ ...scope, token: 'abcdef0123456789', properties })).toEqual(first);
    expect(first.attributes['Arn']).toBe(`arn:aws:s3:::${first.physicalId}`);
    await expect(bucket.create({ ...scope, token: 't', properties: { BucketName: first.physicalId } })).rejects.toThrow(
      'already exists',
    );
    await bucket.delete({ ...scope, physicalId: first.physicalId, properties });
    await bucket.delete({ ...scope, physicalId: first.physicalId, properties });
  });

  test('a bucket policy is kept', async () => {
    const policy = providerOf('AWS::S3::BucketPolicy');
    const PolicyDocument = { Version: '2012-10-17', Statement: [] };
    await policy.create({ ...scope, token: 't', properties: { Bucket: 'plain', PolicyDocument } });
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: 'plain' }));
    expect(JSON.parse(Policy ?? '')).toEqual(PolicyDocument);
  });
});
