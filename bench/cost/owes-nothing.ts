import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Outputs } from '../../infra/start/outputs.ts';
import { findTables } from '../shops/tables.ts';

/** A wait until a tenant's gate is idle: the requests before have paid off. */
export async function openWait(outputs: Outputs, tenantId: string): Promise<() => Promise<void>> {
  const { endpoint, region } = outputs;
  const { gates: TableName } = await findTables(outputs);
  return async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region }));
    for (let owed = 1; owed > 0; ) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { tenantId }, ConsistentRead: true }));
      // Microseconds since the epoch.
      owed = Number(Item?.['freeAt']) / 1000 - Date.now();
      if (Number.isNaN(owed))
        throw new Error(`Tenant ${tenantId} has no gate in ${TableName}, expected one with freeAt`);
      await sleep(Math.max(0, owed));
    }
    client.destroy();
  };
}
