import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { SetupError } from '../local/errors.ts';

export interface PoolPlace {
  readonly endpoint: string;
  readonly region: string;
  readonly mappingTable: string;
  readonly runsTable: string;
}

const longestWait = 180_000;

/**
 * Waits till the pipeline has nothing more to do with the pool. Answers what went wrong where the pool goes on with the release
 * that it had; throws SetupError where there is no pool.
 */
export async function untilPool({ endpoint, region, mappingTable, runsTable }: PoolPlace): Promise<string | undefined> {
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const read = async (TableName: string, name: string, value: string): Promise<Record<string, unknown>> => {
    const Key = { [name]: { S: value } };
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item ? unmarshall(Item) : {};
  };
  const end = Date.now() + longestWait;
  try {
    for (;;) {
      const pool = await read(mappingTable, 'tenantId', 'pooled');
      if (pool['lastRunId'] !== undefined && pool['currentRunId'] === undefined) {
        if (pool['status'] === 'ACTIVE') return undefined;
        const run = await read(runsTable, 'runId', String(pool['lastRunId']));
        const cause = `${String(run['failedStep'] ?? run['action'])}: ${String(run['failure'] ?? 'no cause is known')}`;
        if (pool['release'] !== undefined) return cause;
        throw new SetupError(`The pipeline could not make the pool. ${cause}`);
      }
      if (Date.now() > end)
        throw new SetupError(
          `The pipeline has not made the pool after ${longestWait / 1000} s; it is ${String(
            pool['status'] ?? 'not requested',
          )}`,
        );
      await sleep(50);
    }
  } finally {
    client.destroy();
  }
}
