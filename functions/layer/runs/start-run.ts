import { type CodePipelineClient, StartPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RunTables } from './new-run.ts';
import type { RunItem } from './run-item.ts';
import { logger } from '../telemetry.ts';

export interface RunStarter {
  readonly documents: DynamoDBDocumentClient;
  readonly codepipeline: CodePipelineClient;
  readonly tables: RunTables;
  readonly pipelineName: string;
}

/** The source action whose object is the release's program. */
const sourceAction = 'Release';

/**
 * Starts the pipeline for a run that is requested. The token is the run's and its attempt's, so that however often this is asked,
 * there is one execution.
 */
export async function startRun(run: RunItem, starter: RunStarter): Promise<void> {
  const { documents, codepipeline, tables, pipelineName } = starter;
  const { runId, tenantId, action, release, attempt } = run;
  const variables = {
    RUN_ID: runId,
    ATTEMPT: String(attempt),
    TENANT_ID: tenantId,
    ACTION: action.toLowerCase(),
    RELEASE: release,
  };
  const { pipelineExecutionId } = await codepipeline.send(
    new StartPipelineExecutionCommand({
      name: pipelineName,
      clientRequestToken: `${runId}-${attempt}`,
      variables: Object.entries(variables).map(([name, value]) => ({ name, value })),
      sourceRevisions: [
        {
          actionName: sourceAction,
          revisionType: 'S3_OBJECT_KEY',
          revisionValue: `releases/${release}/program.zip`,
        },
      ],
    }),
  );
  logger.info('A run is started', { runId, executionId: pipelineExecutionId });
  try {
    await documents.send(
      new UpdateCommand({
        TableName: tables.PROVISIONING_RUNS_TABLE,
        Key: { runId },
        UpdateExpression: 'SET executionId = :executionId',
        ConditionExpression: 'attempt = :attempt',
        ExpressionAttributeValues: { ':executionId': pipelineExecutionId, ':attempt': attempt },
      }),
    );
  } catch (error) {
    // It has failed and is tried again by now: this execution is not its own any more.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
