/**
 * The program that CodeBuild runs: for one run of the provisioning pipeline, or for one wave of a rollout. It needs Node.js and the AWS SDK, which is bundled, and
 * is told everything by environment variables. It ends with 0 if the run has succeeded, or the wave is done.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { signedGraphql } from '../layer/signed-graphql.ts';
import { waveOfEnvironment } from './rollout/wave-of-environment.ts';
import { workOnRun } from './work-on-run.ts';
import type { Services } from './work.ts';

const { CODEBUILD_BUILD_ID, PROVISIONING_RUNS_TABLE, TENANT_STACK_MAPPING_TABLE, ...settings } = readEnvironment(
  'CODEBUILD_BUILD_ID',
  'PROVISIONING_RUNS_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
  'RELEASE_BUCKET',
  'STACK_ROLE_ARN',
  'AWS_REGION',
);

// Many of these run at once when many tenants register; the SDK waits and asks again.
const client = { maxAttempts: 8 };
const cloudFormation = new CloudFormationClient(client);
const dynamodb = new DynamoDBClient(client);

/** 0.1 s at first, 5 s in the end. */
const pause = (look: number): Promise<void> => sleep(Math.min(5000, 100 * 1.25 ** look));

const services: Services = {
  cloudFormation,
  cognito: new CognitoIdentityProviderClient(client),
  dynamodb,
  s3: new S3Client({ ...client, forcePathStyle: true }),
  documents: createDocuments(dynamodb),
  tables: { PROVISIONING_RUNS_TABLE, TENANT_STACK_MAPPING_TABLE },
  releaseBucket: settings.RELEASE_BUCKET,
  region: settings.AWS_REGION,
  stackRoleArn: settings.STACK_ROLE_ARN,
  clock: systemClock,
  pause,
  graphql: (url) =>
    signedGraphql({ url, region: settings.AWS_REGION, credentials: () => cloudFormation.config.credentials() }),
  fetch: globalThis.fetch,
};

/** The pipeline that starts the build says which of the two it is. */
async function program(): Promise<boolean> {
  if (process.env['ROLLOUT_ID'] !== undefined) {
    const result = await waveOfEnvironment(services, CODEBUILD_BUILD_ID);
    process.stdout.write(`wave ${process.env['WAVE']} ${result}\n`);
    return result === 'DONE';
  }
  const { RUN_ID } = readEnvironment('RUN_ID');
  const outcome = await workOnRun(services)(RUN_ID, CODEBUILD_BUILD_ID);
  process.stdout.write(`run ${RUN_ID} ${outcome}\n`);
  return outcome === 'SUCCEEDED';
}

program().then(
  (isDone) => {
    process.exitCode = isDone ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
