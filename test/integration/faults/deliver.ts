import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { sdkSettings } from '../../support/sdk.ts';

/**
 * Hands lifecycle an event as its rule would: nobody but AWS may put events of `aws.codepipeline` on the bus, but EventBridge delivers
 * at least once and in no order.
 */
export async function deliverPipelineEvent(outputs: Outputs, executionId: string, state: string): Promise<void> {
  const client = new LambdaClient(sdkSettings(outputs));
  const names: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    names.push(...Functions.map(({ FunctionName = '' }) => FunctionName));
  const FunctionName = names.find((name) => /control-plane-Lifecycle/.test(name));
  const event = pipelineEvent(executionId, state);
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  expect({ FunctionError, answer: Payload?.transformToString() }).toEqual({ FunctionError: undefined, answer: 'null' });
}

/** Source: AWS CodePipeline user guide, "Monitoring CodePipeline events". */
export function pipelineEvent(executionId: string, state: string) {
  return {
    source: 'aws.codepipeline',
    'detail-type': 'CodePipeline Pipeline Execution State Change',
    detail: { pipeline: 'cotenant-provisioning', 'execution-id': executionId, state, version: 1 },
  };
}
