import { AwsError } from '../../errors.ts';
import { bucketArn, emptyAnswer, type StorageOperation, xmlAnswer } from '../request.ts';

/** Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
const bucketName = /^(?!.*\.\.)(?!xn--)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const listBuckets: StorageOperation =
  ({ store, environment }) =>
  ({ call }) => {
    call.authorize('s3:ListAllMyBuckets', '*');
    const Bucket = [...store.buckets.values()]
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .map(({ name, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt) }));
    return xmlAnswer('ListAllMyBucketsResult', { Owner: { ID: environment.accountId }, Buckets: { Bucket } });
  };

/** In us-east-1, creating a bucket again that one owns succeeds and changes nothing. */
export const createBucket: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket }) => {
    call.authorize('s3:CreateBucket', bucketArn(environment, bucket));
    requireBucketName(bucket);
    if (!store.buckets.has(bucket)) await store.createBucket(bucket, { tags: {} });
    return emptyAnswer(200, { location: `/${bucket}` });
  };

export const headBucket: StorageOperation =
  ({ store, environment }) =>
  ({ call, bucket }) => {
    call.authorize('s3:ListBucket', bucketArn(environment, bucket));
    store.bucketOf(bucket);
    return emptyAnswer(200, { 'x-amz-bucket-region': environment.region });
  };

export const deleteBucket: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket }) => {
    call.authorize('s3:DeleteBucket', bucketArn(environment, bucket));
    await store.deleteBucket(bucket);
    return emptyAnswer(204);
  };

export function requireBucketName(name: string): void {
  if (bucketName.test(name)) return;
  throw new AwsError(
    'InvalidBucketName',
    `The specified bucket is not valid: ${name} (3 to 63 of a-z, 0-9, '.' and '-')`,
  );
}
