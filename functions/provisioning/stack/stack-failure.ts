import { type CloudFormationClient, DescribeStackEventsCommand, type Stack } from '@aws-sdk/client-cloudformation';

/** CloudFormation could not do what it was asked. */
export class StackFailedError extends Error {
  override readonly name = 'StackFailedError';
  constructor(readonly stackName: string, readonly status: string, readonly causes: readonly string[]) {
    super(`${stackName} is ${status}: ${causes.join('; ') || 'CloudFormation tells no cause'}`);
  }
}

const mostCauses = 3;

/** The error of a stack's last operation, with the resources that failed first and why. */
export async function stackFailure(cloudFormation: CloudFormationClient, stack: Stack): Promise<StackFailedError> {
  const { StackName = '', StackId, StackStatus = '', StackStatusReason } = stack;
  const { StackEvents = [] } = await cloudFormation.send(
    new DescribeStackEventsCommand({ StackName: StackId ?? StackName }),
  );
  const causes: string[] = [];
  // Newest first, so the operation's own begin ends the search.
  for (const event of StackEvents) {
    const isStack = event.PhysicalResourceId === StackId;
    const reason = event.ResourceStatusReason ?? '';
    if (isStack && reason === 'User Initiated') break;
    if (!isStack && event.ResourceStatus?.endsWith('_FAILED') && !/cancelled/i.test(reason))
      causes.unshift(`${event.LogicalResourceId} (${event.ResourceType}) ${reason}`);
  }
  const whole = StackStatusReason === undefined ? [] : [StackStatusReason];
  return new StackFailedError(StackName, StackStatus, causes.length > 0 ? causes.slice(0, mostCauses) : whole);
}
