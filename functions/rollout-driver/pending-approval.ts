import { GetPipelineStateCommand, PutApprovalResultCommand } from '@aws-sdk/client-codepipeline';
import type { Wave } from '../../generated/control-plane.ts';
import { waveOrder } from '../layer/rollouts/rollout.ts';
import { logger } from '../layer/telemetry.ts';
import type { Dependencies } from './dependencies.ts';

/** Every stage of the pipeline that is a wave begins with an action of this name. */
const approvalAction = 'Approve';

/** An approval that the pipeline waits for. */
export interface PendingApproval {
  readonly wave: Wave;
  readonly token: string;
}

/** The wave before which the execution waits; a stage is named like its wave. */
export async function pendingApproval(
  executionId: string,
  { pipeline, pipelineName }: Dependencies,
): Promise<PendingApproval | undefined> {
  const { stageStates = [] } = await pipeline.send(new GetPipelineStateCommand({ name: pipelineName }));
  for (const { stageName, actionStates = [], latestExecution } of stageStates) {
    const wave = waveOrder.find((name) => name === stageName);
    const action = actionStates.find(({ actionName }) => actionName === approvalAction)?.latestExecution;
    if (!wave || latestExecution?.pipelineExecutionId !== executionId) continue;
    if (action?.status === 'InProgress' && action.token) return { wave, token: action.token };
  }
  return undefined;
}

/** Answers the pipeline. That somebody else was quicker, or that the execution has ended meanwhile, is no error. */
export async function answerApproval(
  { wave, token }: PendingApproval,
  result: { readonly status: 'Approved' | 'Rejected'; readonly summary: string },
  { pipeline, pipelineName }: Dependencies,
): Promise<void> {
  const command = new PutApprovalResultCommand({
    pipelineName,
    stageName: wave,
    actionName: approvalAction,
    token,
    result: { ...result, summary: result.summary.slice(0, 512) },
  });
  try {
    await pipeline.send(command);
  } catch (error) {
    if (!(error instanceof Error) || !outdated.has(error.name)) throw error;
    logger.info('The approval was answered before', { wave, cause: error.name });
  }
}

/** Source: AWS CodePipeline API reference, PutApprovalResult, "Errors". */
const outdated: ReadonlySet<string> = new Set(['ApprovalAlreadyCompletedException', 'InvalidApprovalTokenException']);
