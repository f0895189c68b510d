import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Outputs } from '../../infra/start/outputs.ts';
import { sdkSettings } from './sdk.ts';

/** What a stack says of itself. */
export async function stackOutputs(outputs: Outputs, stackName: string): Promise<Record<string, string>> {
  const { Stacks = [] } = await new CloudFormationClient(sdkSettings(outputs)).send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}
