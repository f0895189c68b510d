import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { publishEvents } from '../layer/events/publish-events.ts';
import { ulids } from '../layer/ids.ts';
import { observe } from '../layer/observe.ts';
import { settleFromPipeline } from '../layer/runs/settle-from-pipeline.ts';
import { startRun } from '../layer/runs/start-run.ts';
import { type Change, handleChanges } from '../layer/stream.ts';
import { advance } from './advance.ts';
import { followRegistrations } from './follow-registrations.ts';
import { followRuns } from './follow-runs.ts';
import { followPipeline, type PipelineEvent } from './pipeline-event.ts';
import { runEventsOf } from './run-events.ts';

const tables = readEnvironment(
  'TENANTS_TABLE',
  'REGISTRATIONS_TABLE',
  'TENANT_USERS_TABLE',
  'GATES_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
  'PROVISIONING_RUNS_TABLE',
  'AUDIT_LOG_TABLE',
);
const { AWS_REGION, PIPELINE_NAME, EVENT_BUS } = readEnvironment('AWS_REGION', 'PIPELINE_NAME', 'EVENT_BUS');
const publisher = { eventBridge: new EventBridgeClient({}), busName: EVENT_BUS };
const dependencies = {
  documents: createDocuments(),
  cognito: new CognitoIdentityProviderClient({}),
  codepipeline: new CodePipelineClient({}),
  pipelineName: PIPELINE_NAME,
  tables,
  clock: systemClock,
  createRunId: ulids(),
  region: AWS_REGION,
};

const onRegistration = followRegistrations(advance(dependencies));
const driveRun = followRuns({ start: (run) => startRun(run, dependencies), advance: advance(dependencies) });
// Told last: nothing of a tenant's waits for the bus.
const onRun = async (change: Change): Promise<void> => {
  await driveRun(change);
  await publishEvents(runEventsOf(change), publisher);
};
const isRun = ({ after }: Change): boolean => typeof after?.['runId'] === 'string' && 'attempt' in after;

const onChanges = handleChanges((change) => (isRun(change) ? onRun(change) : onRegistration(change)), 'continue');
const onPipeline = followPipeline((executionId) => settleFromPipeline(executionId, dependencies));

/** Drives every registration to ACTIVE or FAILED, and every run through the pipeline. */
export const handler = observe<DynamoDBStreamEvent | PipelineEvent, DynamoDBBatchResponse | void>((event) =>
  'Records' in event ? onChanges(event) : onPipeline(event),
);
