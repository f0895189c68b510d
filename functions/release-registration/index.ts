import { S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../layer/clock.ts';
import { customResource } from '../layer/custom-resource.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { ulids } from '../layer/ids.ts';
import { observe } from '../layer/observe.ts';
import { registerFirstRelease } from './register-first-release.ts';

const { RELEASE_BUCKET, RELEASES_TABLE, AWS_REGION, ...runTables } = readEnvironment(
  'RELEASE_BUCKET',
  'RELEASES_TABLE',
  'PROVISIONING_RUNS_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
  'AWS_REGION',
);

/** The custom resource that brings the deployment's own release into the release bucket, and has the pool made from it. */
export const handler = observe(
  customResource(
    registerFirstRelease({
      s3: new S3Client({ forcePathStyle: true }),
      documents: createDocuments(),
      releaseBucket: RELEASE_BUCKET,
      releasesTable: RELEASES_TABLE,
      tables: runTables,
      clock: systemClock,
      createRunId: ulids(),
      region: AWS_REGION,
    }),
  ),
);
