import {
  type CodePipelineClient,
  GetPipelineExecutionCommand,
  ListActionExecutionsCommand,
  type PipelineExecution,
  PipelineExecutionNotFoundException,
} from '@aws-sdk/client-codepipeline';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { failRun, type RunFailer } from './fail-run.ts';
import { isRunSettled, type RunItem } from './run-item.ts';

export interface PipelineSettler extends RunFailer {
  readonly codepipeline: CodePipelineClient;
  readonly pipelineName: string;
}

const mostTries = 5;

/**
 * An execution has ended: its run ends as FAILED unless the program has settled it, as it does wherever it gets so far. The event is
 * only the occasion: whether it has ended, CodePipeline is asked. Executions of earlier attempts, those that nobody knows, and
 * events that come twice or late change nothing.
 */
export async function settleFromPipeline(executionId: string, settler: PipelineSettler): Promise<void> {
  const { documents, tables } = settler;
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
    if (await failRun(run, failure, settler)) return;
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
