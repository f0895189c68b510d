import { setTimeout as sleep } from 'node:timers/promises';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { ulids } from '../layer/ids.ts';
import { observe } from '../layer/observe.ts';
import { tenantSessions } from '../layer/tenant-session.ts';
import { advance } from './advance.ts';
import { drive } from './drive.ts';
import { dueTransitions } from './due-transitions.ts';

const { EXPORT_BUCKET, AWS_REGION, ...tables } = readEnvironment(
  'AWS_REGION',
  'EXPORT_BUCKET',
  'TENANTS_TABLE',
  'TRANSITIONS_TABLE',
  'TENANT_USERS_TABLE',
  'GATES_TABLE',
  'REGISTRATIONS_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
  'PROVISIONING_RUNS_TABLE',
  'AUDIT_LOG_TABLE',
  'USAGE_TABLE',
);
const dependencies = {
  documents: createDocuments(),
  cognito: new CognitoIdentityProviderClient({}),
  // The bucket in the path: it needs no host of its own for each bucket.
  objects: new S3Client({ forcePathStyle: true }),
  exportBucket: EXPORT_BUCKET,
  tenantSession: tenantSessions({ sts: new STSClient({}) }),
  tables,
  clock: systemClock,
  createRunId: ulids(),
  region: AWS_REGION,
  rowsAtATime: 500,
};
const driveAll = drive({ advance: advance(dependencies), clock: systemClock, sleep });

/** Drives every transition: by the stream of Transitions at once, by a schedule when something is due. */
export const handler = observe(async (event: DynamoDBStreamEvent | ScheduledEvent) => {
  await driveAll('Records' in event ? changedTenants(event) : await dueTransitions(dependencies));
});

function changedTenants({ Records }: DynamoDBStreamEvent): string[] {
  const tenantIds = Records.map(({ dynamodb }) => dynamodb?.Keys?.['tenantId']?.S ?? '');
  return [...new Set(tenantIds)].filter((tenantId) => tenantId !== '' && !tenantId.startsWith('TOKEN#'));
}
