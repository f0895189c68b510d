import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { callEngine } from './engine-client.ts';
import { startEngine } from './engine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const tableNames = async (endpoint: string) => (await callEngine(endpoint, 'ListTables', {}))['TableNames'];

it('a new database has the indexes of streams, and a later start keeps what is in it', async () => {
  const first = await startEngine({ folder, variables: {} });
  await callEngine(first.endpoint, 'CreateTable', {
    TableName: 'kept',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await first.stop();
  const schema = (await readFile(join(folder, 'dynamodb.sqlite'))).toString('latin1');
  for (const index of ['_stream_records_end', '_stream_records_place'])
    expect(schema).toContain(`CREATE INDEX ${index} ON`);

  const second = await startEngine({ folder, variables: {} });
  expect(await tableNames(second.endpoint)).toEqual(['kept']);
  await second.stop();
});
