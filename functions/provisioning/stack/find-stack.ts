import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { Work } from '../work.ts';

/** Undefined where there is none; by its id, a deleted one is found too. */
export async function findStack(cloudFormation: CloudFormationClient, nameOrId: string): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: nameOrId }));
    return Stacks[0];
  } catch (error) {
    // CloudFormation has no error of its own for this. Source: AWS CloudFormation API reference, DescribeStacks.
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist'))
      return undefined;
    throw error;
  }
}

export function isInProgress({ StackStatus: status }: Stack): boolean {
  return (status?.endsWith('_IN_PROGRESS') ?? false) && status !== 'REVIEW_IN_PROGRESS';
}

/** CloudFormation goes on; whoever tries again joins it there. */
export class StackTimeoutError extends Error {
  override readonly name = 'StackTimeoutError';
  constructor(readonly stackName: string, readonly status: string, readonly minutes: number) {
    super(`Stack ${stackName} is still in ${status} after ${minutes} minutes; retry joins what is under way`);
  }
}

const longestWait = 50;

/** Waits while CloudFormation works on the stack; undefined if it is gone. */
export async function settledStack({ services, log }: Work, nameOrId: string): Promise<Stack | undefined> {
  const { cloudFormation, clock, pause } = services;
  const end = clock().getTime() + longestWait * 60_000;
  let status: string | undefined;
  for (let look = 0; ; look += 1) {
    const stack = await findStack(cloudFormation, nameOrId);
    if (!stack) return undefined;
    if (stack.StackStatus !== status) log(`stack ${stack.StackName} is ${stack.StackStatus}`);
    status = stack.StackStatus;
    if (!isInProgress(stack)) return stack;
    if (clock().getTime() > end) throw new StackTimeoutError(nameOrId, status ?? '', longestWait);
    await pause(look);
  }
}
