import { AwsError } from '../../errors.ts';
import type { Json } from '../../service.ts';
import { bucketArn, emptyAnswer, type StorageOperation, xmlAnswer } from '../request.ts';

export const getBucketTagging: StorageOperation =
  ({ store, environment }) =>
  ({ call, bucket }) => {
    call.authorize('s3:GetBucketTagging', bucketArn(environment, bucket));
    const Tag = Object.entries(store.bucketOf(bucket).tags).map(([Key, Value]) => ({ Key, Value }));
    if (Tag.length === 0) throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: bucket });
    return xmlAnswer('Tagging', { TagSet: { Tag } });
  };

export const getBucketPolicy: StorageOperation =
  ({ store, environment }) =>
  ({ call, bucket }) => {
    call.authorize('s3:GetBucketPolicy', bucketArn(environment, bucket));
    const { policy } = store.bucketOf(bucket);
    if (policy === undefined)
      throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: bucket });
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(policy) };
  };

export const putBucketPolicy: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket, body }) => {
    call.authorize('s3:PutBucketPolicy', bucketArn(environment, bucket));
    const found = store.bucketOf(bucket);
    let policy: Json;
    try {
      policy = JSON.parse(body.toString('utf8')) as Json;
    } catch {
      throw new AwsError('MalformedPolicy', 'Policies must be valid JSON');
    }
    await store.buckets.put(bucket, { ...found, policy });
    return emptyAnswer(204);
  };

export const deleteBucketPolicy: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket }) => {
    call.authorize('s3:DeleteBucketPolicy', bucketArn(environment, bucket));
    await store.buckets.put(bucket, { ...store.bucketOf(bucket), policy: undefined });
    return emptyAnswer(204);
  };
