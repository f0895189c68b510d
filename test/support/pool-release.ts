import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Outputs } from '../../infra/start/outputs.ts';
import { sdkSettings } from './sdk.ts';
import { stackOutputs } from './stack-outputs.ts';

/** As if the pool ran that release: what new silos are made from. */
export async function setPoolRelease(outputs: Outputs, release: string): Promise<void> {
  const { TenantStackMappingTable } = await stackOutputs(outputs, 'cotenant-control-plane');
  await new DynamoDBClient(sdkSettings(outputs)).send(
    new UpdateItemCommand({
      TableName: TenantStackMappingTable,
      Key: { tenantId: { S: 'pooled' } },
      UpdateExpression: 'SET #release = :release',
      ExpressionAttributeNames: { '#release': 'release' },
      ExpressionAttributeValues: { ':release': { S: release } },
    }),
  );
}
