import { GetPipelineExecutionCommand, PipelineExecutionNotFoundException } from '@aws-sdk/client-codepipeline';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { listStacks } from '../layer/rollouts/list-stacks.ts';
import { isSettled } from '../layer/rollouts/rollout.ts';
import { readRollout } from '../layer/rollouts/rollout-store.ts';
import { failRun } from '../layer/runs/fail-run.ts';
import { isRunSettled, type RunItem } from '../layer/runs/run-item.ts';
import { settleFromPipeline } from '../layer/runs/settle-from-pipeline.ts';
import { startRun } from '../layer/runs/start-run.ts';
import { type Dependencies, type Finding, isStill } from './dependencies.ts';

/** Longer than a build may take and its pipeline may add: twice sixty minutes. */
const longestRun = 2 * 60 * 60_000;

/**
 * Open runs, which are those that hold a stack: starts what was never started and settles what has ended. Both are what lifecycle would have
 * done, and bear being done by both.
 */
export async function checkRuns(dependencies: Dependencies): Promise<Finding[]> {
  const { documents, tables } = dependencies;
  const stacks = await listStacks({ documents, mappingTable: tables.TENANT_STACK_MAPPING_TABLE });
  const findings: Finding[] = [];
  for (const { tenantId, currentRunId, updatedAt } of stacks) {
    if (currentRunId === undefined) continue;
    const run = await readRun(currentRunId, dependencies);
    const found = run
      ? await checkRun(run, dependencies)
      : isStill(updatedAt, dependencies.clock) && missing(tenantId, currentRunId);
    if (found) findings.push(found);
  }
  return findings;
}

async function readRun(runId: string, { documents, tables }: Dependencies): Promise<RunItem | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.PROVISIONING_RUNS_TABLE, Key: { runId }, ConsistentRead: true }),
  );
  return Item as RunItem | undefined;
}

async function checkRun(run: RunItem, dependencies: Dependencies): Promise<Finding | undefined> {
  const { runId, tenantId, attempt, executionId, rolloutId, updatedAt } = run;
  if (isRunSettled(run) || !isStill(updatedAt, dependencies.clock)) return undefined;
  const subject = `${runId}-${attempt}`;
  if (executionId === undefined) {
    // A rollout's own build works on it; tried again, it has an execution like any other.
    if (rolloutId !== undefined && attempt === 1) return await checkRolloutRun(run, rolloutId, dependencies);
    await startRun(run, dependencies);
    const message = `Run ${runId} of ${tenantId} was requested and never started; it is started now.`;
    return { kind: 'RUN_NOT_STARTED', subject, tenantId, message, isMended: true };
  }
  const status = await executionStatus(executionId, dependencies);
  if (status === undefined) {
    const message = `Run ${runId} of ${tenantId} names execution ${executionId}, which the pipeline does not know: end the run by hand.`;
    return { kind: 'RUN_WITHOUT_EXECUTION', subject, tenantId, message, isMended: false };
  }
  if (status !== 'InProgress' && status !== 'Stopping') {
    await settleFromPipeline(executionId, dependencies);
    const message = `Run ${runId} of ${tenantId} was open, though its execution is ${status}; it is settled now.`;
    return { kind: 'RUN_NOT_SETTLED', subject, tenantId, message, isMended: true };
  }
  return takesLong(run, `execution ${executionId} is ${status}`, dependencies);
}

/** A rollout that has ended gave up the builds of the runs that it left open: nobody else would end them. */
async function checkRolloutRun(
  run: RunItem,
  rolloutId: string,
  dependencies: Dependencies,
): Promise<Finding | undefined> {
  const { runId, tenantId, attempt } = run;
  const rollout = await readRollout(rolloutId, dependencies);
  if (rollout && !isSettled(rollout)) return takesLong(run, `rollout ${rolloutId} is ${rollout.status}`, dependencies);
  const failure = `Rollout ${rolloutId} is ${
    rollout?.status ?? 'not there'
  }, and its build was lost before the run was done`;
  if (!(await failRun(run, failure, dependencies))) return undefined;
  const message = `Run ${runId} of ${tenantId} was open, though its rollout ${rolloutId} is ${
    rollout?.status ?? 'not there'
  }; it is settled now: retryProvisioning goes on from there.`;
  return { kind: 'RUN_NOT_SETTLED', subject: `${runId}-${attempt}`, tenantId, message, isMended: true };
}

function takesLong(run: RunItem, though: string, { clock }: Dependencies): Finding | undefined {
  const { runId, tenantId, attempt, updatedAt } = run;
  if (!isStill(updatedAt, clock, longestRun)) return undefined;
  const message = `Run ${runId} of ${tenantId} has told nothing for two hours, though ${though}: look at its build.`;
  return { kind: 'RUN_TAKES_LONG', subject: `${runId}-${attempt}`, tenantId, message, isMended: false };
}

async function executionStatus(executionId: string, { codepipeline, pipelineName }: Dependencies) {
  try {
    const { pipelineExecution } = await codepipeline.send(
      new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId: executionId }),
    );
    return pipelineExecution?.status;
  } catch (error) {
    if (error instanceof PipelineExecutionNotFoundException) return undefined;
    throw error;
  }
}

function missing(tenantId: string, runId: string): Finding {
  const message = `The stack of ${tenantId} is held by run ${runId}, which is not there: take currentRunId from its row in TenantStackMapping.`;
  return { kind: 'RUN_MISSING', subject: runId, tenantId, message, isMended: false };
}
