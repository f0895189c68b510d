import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { Outputs } from '../../infra/start/outputs.ts';
import { nameWith, sdkSettings } from './sdk.ts';

/** Meters now, as the schedule does every five minutes. */
export async function runMeter(outputs: Outputs): Promise<void> {
  const lambda = new LambdaClient(sdkSettings(outputs));
  const { Functions: functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const FunctionName = nameWith(
    'UsageMetering',
    functions.map(({ FunctionName: name }) => name),
  );
  const { FunctionError: fault } = await lambda.send(new InvokeCommand({ FunctionName }));
  if (fault !== undefined) throw new Error(`${FunctionName} ended with ${fault}`);
}
