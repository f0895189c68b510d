import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { AwsError } from '../../errors.ts';
import type { ObjectStore } from '../store.ts';

/** AWS::S3::BucketPolicy: kept and shown by GetBucketPolicy; what it denies is not enforced. */
export function bucketPolicyProvider(store: ObjectStore): ResourceProvider {
  const write = async (properties: JsonObject): Promise<ResourceResult> => {
    const { Bucket: name, PolicyDocument: policy } = properties;
    if (typeof name !== 'string')
      throw new AwsError('ValidationError', 'Bucket is missing: expected the name of a bucket');
    await store.buckets.put(name, { ...store.bucketOf(name), policy });
    return { physicalId: name, attributes: {} };
  };

  return {
    type: 'AWS::S3::BucketPolicy',
    properties: ['Bucket', 'PolicyDocument'],
    replacedBy: ['Bucket'],
    create: ({ properties }) => write(properties),
    update: ({ properties }) => write(properties),
    delete: async ({ physicalId }) => {
      const bucket = store.buckets.get(physicalId);
      if (bucket) await store.buckets.put(physicalId, { ...bucket, policy: undefined });
    },
  };
}
