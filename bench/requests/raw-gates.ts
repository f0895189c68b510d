import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Outputs } from '../../infra/start/outputs.ts';
import type { Shop, Tables } from '../shops/shop.ts';
import { rawGate } from './engine-steps.ts';

/** An hour: a request that another one overtook, by seconds on a slow machine, is not taken for one too many. The engine is measured, not the rate. */
const neverBusy = -3_600_000_000;

/** A copy of each tenant's gate item, which the raw requests may write to as fast as they can. */
export async function openRawGates(
  { endpoint, region }: Outputs,
  { gates }: Tables,
  shops: readonly Shop[],
): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region }));
  for (const { tenantId } of shops) {
    const { Item } = await client.send(new GetCommand({ TableName: gates, Key: { tenantId } }));
    if (!Item) throw new Error(`Tenant ${tenantId} has no gate item in ${gates}`);
    const copy = { ...Item, tenantId: rawGate(tenantId), requestInterval: neverBusy };
    await client.send(new PutCommand({ TableName: gates, Item: copy }));
  }
  client.destroy();
}
