import { AwsError } from '../../errors.ts';
import { bucketArn, emptyAnswer, type StorageOperation, xmlAnswer } from '../request.ts';
import { parseXml } from '../xml.ts';

/** A bucket of us-east-1 answers an empty constraint. */
export const getBucketLocation: StorageOperation =
  ({ store, environment }) =>
  ({ call, bucket }) => {
    call.authorize('s3:GetBucketLocation', bucketArn(environment, bucket));
    store.bucketOf(bucket);
    return xmlAnswer('LocationConstraint', {});
  };

/** Every bucket of AWS is encrypted with SSE-S3 unless told otherwise, which this cloud has no keys for. */
export const getBucketEncryption: StorageOperation =
  ({ store, environment }) =>
  ({ call, bucket }) => {
    call.authorize('s3:GetEncryptionConfiguration', bucketArn(environment, bucket));
    store.bucketOf(bucket);
    const Rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false };
    return xmlAnswer('ServerSideEncryptionConfiguration', { Rule });
  };

export const getBucketVersioning: StorageOperation =
  ({ store, environment }) =>
  ({ call, bucket }) => {
    call.authorize('s3:GetBucketVersioning', bucketArn(environment, bucket));
    return xmlAnswer('VersioningConfiguration', { Status: store.bucketOf(bucket).versioning });
  };

export const putBucketVersioning: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket, body }) => {
    call.authorize('s3:PutBucketVersioning', bucketArn(environment, bucket));
    const status = parseXml(body, 'VersioningConfiguration').text('Status');
    if (status !== 'Enabled' && status !== 'Suspended') {
      throw new AwsError(
        'IllegalVersioningConfigurationException',
        `Status is ${status ?? 'missing'}, expected Enabled or Suspended`,
      );
    }
    await store.buckets.put(bucket, { ...store.bucketOf(bucket), versioning: status });
    return emptyAnswer(200);
  };
