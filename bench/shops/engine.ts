import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ulid } from 'ulid';
import { findInTree } from '../load/cpu.ts';
import type { Tables } from './shop.ts';

/** Where the system's DynamoDB engine listens, by the command line that the system started it with. */
export async function findEngine(pid: number): Promise<string> {
  const words = (await findInTree(pid, 'engine')) ?? [];
  const after = (flag: string): string | undefined => words[words.indexOf(flag) + 1];
  const [host, port] = [after('--host'), after('--port')];
  if (host === undefined || port === undefined)
    throw new Error(`Process ${pid} has no engine of its own below it: unset DYNAMODB_ENDPOINT for the benchmark`);
  return `http://${host}:${port}`;
}

/**
 * Products and Orders once more in the same engine, keyed alike and with a stream, but none of the system's: what peers write there is not
 * published to subscribers, which would be work of ours in their time.
 */
export async function copyTables(engine: string, region: string, tables: Tables): Promise<Tables> {
  const client = new DynamoDBClient({ endpoint: engine, region });
  const create = async (TableName: string, sort: string): Promise<string> => {
    await client.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: ['shardId', sort].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'shardId', KeyType: 'HASH' },
          { AttributeName: sort, KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
    return TableName;
  };
  const name = `bench-${ulid()}`;
  const copies = {
    products: await create(`${name}-Products`, 'productId'),
    orders: await create(`${name}-Orders`, 'orderId'),
  };
  client.destroy();
  return { ...tables, ...copies };
}
