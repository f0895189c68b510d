import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { findBinary } from '../../../infra/local/dynamodb/engine/find-binary.ts';
import { createDocuments, type DynamoDBDocumentClient } from '../documents.ts';
import { createTables, type TableNames } from './tables.ts';

export interface TestTables {
  readonly endpoint: string;
  readonly documents: DynamoDBDocumentClient;
  readonly tables: TableNames;
  stop(): Promise<void>;
}

/** A real DynamoDB engine in memory, with the control plane's tables, empty. */
export async function startTables(): Promise<TestTables> {
  const port = await freePort();
  const engine = spawn(findBinary(process.env['DYNOXIDE_BINARY']), ['serve', '--port', String(port)], {
    stdio: 'ignore',
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await answering(client, engine);
  const tables = await createTables(client, 'test');
  return {
    endpoint,
    documents: createDocuments(client),
    tables,
    stop: async () => {
      client.destroy();
      const ended = new Promise((resolve) => engine.once('exit', resolve));
      engine.kill();
      await ended;
    },
  };
}

async function answering(client: DynamoDBClient, engine: ChildProcess): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (engine.exitCode !== null || attempt === 100) throw error;
      await sleep(20);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
