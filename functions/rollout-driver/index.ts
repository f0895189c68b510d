import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import type { DynamoDBStreamEvent, EventBridgeEvent } from 'aws-lambda';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { handleChanges } from '../layer/stream.ts';
import { driveRollout } from './drive-rollout.ts';
import { isDriving } from './is-driving.ts';

const { PIPELINE_NAME, ...tables } = readEnvironment('ROLLOUTS_TABLE', 'AUDIT_LOG_TABLE', 'PIPELINE_NAME');
const drive = driveRollout({
  documents: createDocuments(),
  tables,
  clock: systemClock,
  pipeline: new CodePipelineClient({}),
  pipelineName: PIPELINE_NAME,
});
const handleStream = handleChanges(async (change) => {
  if (isDriving(change)) await drive();
});

/** Called by the stream of Rollouts, by what the pipeline's executions and approvals become, and by a schedule. */
export const handler = observe(async (event: DynamoDBStreamEvent | EventBridgeEvent<string, unknown>) =>
  'Records' in event ? await handleStream(event) : await drive(),
);
