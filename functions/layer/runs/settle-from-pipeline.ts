import {
  type CodePipelineClient,
  GetPipelineExecutionCommand,
  ListActionExecutionsCommand,
  type PipelineExecution,
  PipelineExecutionNotFoundException,
} from '@aws-sdk/client-codepipeline';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../clock.ts';
import { logger } from '../telemetry.ts';
import { transact } from '../transact.ts';
import type { RunTables } from './new-run.ts';
import { isRunSettled, type RunItem } from './run-item.ts';
import { settleRun } from './settle-run.ts';

export interface PipelineSettler {
  readonly documents: DynamoDBDocumentClient;
  readonly codepipeline: CodePipelineClient;
  readonly tables: RunTables;
  readonly pipelineName: string;
  readonly clock: Clock;
}

const mostTries = 5;

/**
 * An execution has ended: its run ends as FAILED unless the program has settled it, as it does wherever it gets so far. The event is
 * only the occasion: whether it has ended, CodePipeline is asked. Executions of earlier attempts, those that nobody knows, and
 * events that come twice or late change nothing.
 */
export async function settleFromPipeline(executionId: string, settler: PipelineSettler): Promise<void> {
  const { documents, tables, clock } = settler;
  const execution = await findExecution(executionId, settler);
  if (!execution || execution.status === 'InProgress' || execution.status === 'Stopping') return;
  const variable = (wanted: string) => execution.variables?.find(({ name }) => name === wanted)?.resolvedValue;
  const runId = variable('RUN_ID');
  if (!runId) return;
  const attempt = Number(variable('ATTEMPT'));
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tables.PROVISIONING_RUNS_TABLE, Key: { runId }, ConsistentRead: true }),
    );
    const run = Item as RunItem | undefined;
    if (!run || isRunSettled(run) || run.attempt !== attempt) return;
    const failure = `The pipeline ended ${execution.status}: ${await causeOf(executionId, settler)}`;
    const now = clock().toISOString();
    const unfinished = run.steps.find(({ status }) => status !== 'SUCCEEDED');
    const steps = run.steps.map((step) =>
      step === unfinished ? { ...step, status: 'FAILED' as const, finishedAt: now, message: failure } : step,
    );
    const settlement = {
      status: 'FAILED',
      steps,
      logTail: run.logTail,
      failure,
      ...(unfinished && { failedStep: unfinished.name }),
      now,
    } as const;
    if ((await transact(documents, settleRun(run, settlement, tables))).written) {
      logger.error('A run ended with its pipeline', { runId, failure });
      return;
    }
  }
  throw new Error(`Run ${runId} changes all the time, though execution ${executionId} has ended`);
}

async function findExecution(
  pipelineExecutionId: string,
  { codepipeline, pipelineName }: PipelineSettler,
): Promise<PipelineExecution | undefined> {
  try {
    const command = new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId });
    return (await codepipeline.send(command)).pipelineExecution;
  } catch (error) {
    if (error instanceof PipelineExecutionNotFoundException) return undefined;
    throw error;
  }
}

async function causeOf(executionId: string, { codepipeline, pipelineName }: PipelineSettler): Promise<string> {
  const { actionExecutionDetails = [] } = await codepipeline.send(
    new ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId: executionId } }),
  );
  const failed = actionExecutionDetails.find(({ status }) => status === 'Failed' || status === 'Abandoned');
  if (!failed) return 'no action says why';
  const { executionResult } = failed.output ?? {};
  const cause = executionResult?.errorDetails?.message ?? executionResult?.externalExecutionSummary ?? failed.status;
  return `${failed.actionName}: ${cause}`.slice(0, 500);
}
