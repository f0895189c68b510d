import { AwsError } from '../../errors.ts';
import type { Environment, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { requireBucketName } from '../operations/buckets.ts';
import type { Bucket, ObjectStore } from '../store.ts';

/** AWS::S3::Bucket. Encryption, access blocks, logging, lifecycle and ownership are taken and not acted on. */
export function bucketProvider(store: ObjectStore, environment: Environment): ResourceProvider {
  const describe = (name: string): ResourceResult => ({
    physicalId: name,
    attributes: {
      Arn: `arn:${environment.partition}:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${environment.region}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${environment.region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${environment.region}.amazonaws.com`,
    },
  });

  return {
    type: 'AWS::S3::Bucket',
    properties: [
      'BucketName',
      'VersioningConfiguration',
      'BucketEncryption',
      'PublicAccessBlockConfiguration',
      'LoggingConfiguration',
      'LifecycleConfiguration',
      'OwnershipControls',
      'Tags',
    ],
    replacedBy: ['BucketName'],
    create: async ({ stackName, logicalId, token, properties, tags }) => {
      const given = properties['BucketName'];
      const name = typeof given === 'string' ? given : generatedName(stackName, logicalId, token);
      requireBucketName(name);
      const existing = store.buckets.get(name);
      if (existing && existing.tags['aws:cloudformation:token'] !== token) {
        throw new AwsError('AlreadyExists', `${name} already exists`, 409);
      }
      const own = {
        'aws:cloudformation:stack-name': stackName,
        'aws:cloudformation:logical-id': logicalId,
        'aws:cloudformation:token': token,
      };
      await store.createBucket(name, { ...settings(properties), tags: { ...tags, ...tagsOf(properties), ...own } });
      return describe(name);
    },
    update: async ({ physicalId, properties, tags }) => {
      const bucket = store.bucketOf(physicalId);
      const own = Object.entries(bucket.tags).filter(([key]) => key.startsWith('aws:'));
      const next = settings(properties);
      const versioning = next.versioning ?? (bucket.versioning ? 'Suspended' : undefined);
      await store.buckets.put(physicalId, {
        ...bucket,
        versioning,
        tags: { ...tags, ...tagsOf(properties), ...Object.fromEntries(own) },
      });
      return describe(physicalId);
    },
    delete: async ({ physicalId }) => {
      if (store.buckets.has(physicalId)) await store.deleteBucket(physicalId);
    },
  };
}

function settings(properties: JsonObject): Pick<Bucket, 'versioning'> {
  const configuration = properties['VersioningConfiguration'] as JsonObject | undefined;
  if (configuration === undefined) return {};
  const { Status: status, ...unknown } = configuration;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw new AwsError('ValidationError', `VersioningConfiguration.${name} is not supported`);
  if (status !== 'Enabled' && status !== 'Suspended') {
    throw new AwsError(
      'ValidationError',
      `VersioningConfiguration.Status is ${JSON.stringify(status)}, expected Enabled or Suspended`,
    );
  }
  return { versioning: status };
}

function tagsOf(properties: JsonObject): Record<string, string> {
  const tags = (properties['Tags'] ?? []) as readonly JsonObject[];
  return Object.fromEntries(tags.map((tag) => [String(tag['Key']), String(tag['Value'])]));
}

function generatedName(stackName: string, logicalId: string, token: string): string {
  const readable = `${stackName}-${logicalId}`.toLowerCase().replace(/[^a-z0-9-]/g, '');
  return `${readable.slice(0, 50)}-${token
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 12)}`;
}
