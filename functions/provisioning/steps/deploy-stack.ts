import {
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { pooledStack } from '../../layer/registry.ts';
import type { RunItem } from '../../layer/runs/run-item.ts';
import { findStack, isInProgress, settledStack } from '../stack/find-stack.ts';
import { prepareRemoval, removeRetained, removeStack } from '../stack/remove-stack.ts';
import { StackFailedError, stackFailure } from '../stack/stack-failure.ts';
import type { DoStep, Work } from '../work.ts';

const complete: ReadonlySet<string> = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
/** A creation that failed leaves a stack that can only be deleted. It never served, so nothing is lost with it. */
const failedCreation: ReadonlySet<string> = new Set([
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'CREATE_FAILED',
  'REVIEW_IN_PROGRESS',
]);

/**
 * The stack runs the release. What is under way already is joined, so that no stack is made twice; what an earlier creation left
 * behind is removed first.
 */
export const deployStack: DoStep = async (work) => {
  const { services, stackName, run } = work;
  const { cloudFormation } = services;
  const before = await findStack(cloudFormation, stackName);
  let stack = await settledStack(work, stackName);
  const joined = before !== undefined && isInProgress(before) && before.StackStatus !== 'DELETE_IN_PROGRESS';
  if (joined && stack && !complete.has(stack.StackStatus ?? '')) throw await stackFailure(cloudFormation, stack);
  if (stack && isRemovable(stack, run)) {
    work.log(`removing what is left of ${stackName}, which is ${stack.StackStatus}`);
    await prepareRemoval(work);
    await removeStack(work);
    stack = undefined;
  }
  if (!stack) {
    await removeRetained(work);
    return finish(work, await create(work));
  }
  if (stack.StackStatus === 'UPDATE_ROLLBACK_FAILED') stack = await continueRollback(work, stack);
  if (complete.has(stack.StackStatus ?? '') && releaseOf(stack) === run.release) return 'the release is there already';
  return finish(work, await update(work));
};

/** What a removal left may go where a stack is to be made. An update found a tenant's stack that somebody tried to delete: its data is there. */
function isRemovable({ StackStatus: status = 'CREATE_FAILED' }: Stack, { tenantId, action }: RunItem): boolean {
  return (
    failedCreation.has(status) || (status === 'DELETE_FAILED' && action === 'PROVISION' && tenantId !== pooledStack)
  );
}

function releaseOf({ Parameters = [] }: Stack): string | undefined {
  return Parameters.find(({ ParameterKey }) => ParameterKey === 'Release')?.ParameterValue;
}

function requestOf({ services, stackName, run }: Work) {
  const { releaseBucket, region, stackRoleArn } = services;
  const parameters = { TenantId: run.tenantId, Release: run.release, ReleaseBucket: releaseBucket };
  return {
    StackName: stackName,
    TemplateURL: `https://${releaseBucket}.s3.${region}.amazonaws.com/releases/${run.release}/template.json`,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: ['CAPABILITY_IAM' as const],
    Tags: Object.entries({ application: 'cotenant', tenantId: run.tenantId }).map(([Key, Value]) => ({ Key, Value })),
    RoleARN: stackRoleArn,
    // A repetition within one attempt is the same request to CloudFormation.
    ClientRequestToken: `${run.runId}-${run.attempt}`,
  };
}

async function create(work: Work): Promise<string> {
  const { StackId } = await work.services.cloudFormation.send(
    new CreateStackCommand({ ...requestOf(work), EnableTerminationProtection: true }),
  );
  return StackId ?? work.stackName;
}

/** Undefined where CloudFormation finds nothing to change. */
async function update(work: Work): Promise<string | undefined> {
  try {
    const { StackId } = await work.services.cloudFormation.send(new UpdateStackCommand(requestOf(work)));
    return StackId ?? work.stackName;
  } catch (error) {
    if (error instanceof Error && error.message.includes('No updates are to be performed')) return undefined;
    throw error;
  }
}

async function continueRollback(work: Work, { StackId = work.stackName }: Stack): Promise<Stack> {
  const { cloudFormation, stackRoleArn } = work.services;
  await cloudFormation.send(new ContinueUpdateRollbackCommand({ StackName: StackId, RoleARN: stackRoleArn }));
  const stack = await settledStack(work, StackId);
  if (stack?.StackStatus === 'UPDATE_ROLLBACK_COMPLETE') return stack;
  throw stack ? await stackFailure(cloudFormation, stack) : new StackFailedError(StackId, 'gone', []);
}

async function finish(work: Work, stackId: string | undefined): Promise<string> {
  if (stackId === undefined) return 'nothing had to be changed';
  const stack = await settledStack(work, stackId);
  if (!stack) throw new StackFailedError(work.stackName, 'gone', ['it was deleted while it was deployed']);
  if (!complete.has(stack.StackStatus ?? '')) throw await stackFailure(work.services.cloudFormation, stack);
  return stack.StackStatus ?? '';
}
