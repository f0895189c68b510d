import { AwsError } from '../../../errors.ts';
import type { SourceOverride } from '../model.ts';
import type { ActionProvider, ActionRun } from './provider.ts';

/** Source: CodePipeline user guide, "Amazon S3 source action reference". */
export const s3SourceProvider: ActionProvider = {
  configuration: ['S3Bucket', 'S3ObjectKey', 'PollForSourceChanges', 'AllowOverrideForS3ObjectKey'],
  required: ['S3Bucket', 'S3ObjectKey'],
  inputs: [0, 0],
  outputs: [1, 1],
  refuse: ({ configuration: { PollForSourceChanges: polls = 'true' } }) =>
    polls === 'false'
      ? undefined
      : `PollForSourceChanges is ${polls}: sources are not polled here, say false and start the pipeline instead`,

  async run({ execution, declaration, configuration, outputs, principal, dependencies }) {
    const { identity, objects, environment } = dependencies;
    const bucket = configuration['S3Bucket'] ?? '';
    const override = execution.sources.find(({ actionName }) => actionName === declaration.name);
    const { key, version } = locate(configuration, override);
    const arn = `arn:${environment.partition}:s3:::${bucket}`;
    identity.authorize(principal, 's3:GetBucketVersioning', arn);
    identity.authorize(principal, version === undefined ? 's3:GetObject' : 's3:GetObjectVersion', `${arn}/${key}`);
    const found = objects.describe(bucket, key, version);
    if (found.versionId === 'null')
      throw new AwsError('ConfigurationError', `The bucket ${bucket} does not keep versions, which a source must`);
    const bytes = await objects.read(bucket, key, found.versionId);
    const [output] = outputs;
    if (output) {
      const target = `arn:${environment.partition}:s3:::${output.bucket}/${output.key}`;
      identity.authorize(principal, 's3:PutObject', target);
      await objects.write(output.bucket, output.key, bytes);
    }
    const variables = { BucketName: bucket, ObjectKey: key, VersionId: found.versionId, ETag: found.etag };
    const summary = `Amazon S3 version id: ${found.versionId}`;
    return { variables, revision: { id: found.versionId, summary, createdAt: found.modifiedAt } };
  },
};

function locate(
  { S3ObjectKey: declared = '', AllowOverrideForS3ObjectKey: allowed }: ActionRun['configuration'],
  override: SourceOverride | undefined,
): { readonly key: string; readonly version?: string } {
  if (override?.revisionType === 'S3_OBJECT_VERSION_ID') return { key: declared, version: override.revisionValue };
  if (override?.revisionType === 'S3_OBJECT_KEY' && allowed === 'true') return { key: override.revisionValue };
  return { key: declared };
}
