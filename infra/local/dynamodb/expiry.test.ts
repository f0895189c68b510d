import { expect, test } from 'vitest';
import type { Environment } from '../service.ts';
import { createMemoryState } from '../state/memory.ts';
import type { TableServices, TableSettings } from './dependencies.ts';
import { callEngine } from './engine-client.ts';
import { startEngine } from './engine.ts';
import { createExpiry } from './expiry.ts';
import { createTableNames } from './names.ts';
import { createSchemas } from './schemas.ts';
import { createStreamListeners } from './stream-listeners.ts';

const environment: Environment = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  endpoint: '',
  certificateAuthority: '',
  folder: '',
};

test('items go when their time has come, and no others', async () => {
  const engine = await startEngine({ folder: null, variables: {} });
  const call: TableServices['callEngine'] = (operation, input) => callEngine(engine.endpoint, operation, input);
  const names = createTableNames(environment);
  const settings = createMemoryState().collection<TableSettings>('dynamodb/tables');
  const listeners = createStreamListeners(names);
  let now = 2_000_000_000;
  const clock = { now: () => now * 1000 };
  const services = { environment, clock, callEngine: call, names, schemas: createSchemas(call), settings, listeners };
  const expiry = createExpiry(services);

  await call('CreateTable', {
    TableName: 'things',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  const ends = {
    expired: { N: String(now - 1) },
    later: { N: String(now + 10) },
    text: { S: String(now - 1) },
    ancient: { N: String(now - 6 * 365 * 86_400) },
  };
  await Promise.all(
    Object.values(ends).map((end, id) =>
      call('PutItem', { TableName: 'things', Item: { id: { N: String(id) }, end } }),
    ),
  );
  const left = async () => {
    const { Items } = await call('Scan', { TableName: 'things' });
    return (Items as unknown as { id: { N: string } }[]).map(({ id }) => id.N).sort();
  };

  expect(await expiry.sweep()).toBe(0);
  await settings.put('things', { timeToLive: 'end' });
  await settings.put('deleted', { timeToLive: 'end' });
  expect(await expiry.sweep()).toBe(1);
  expect(await left()).toEqual(['1', '2', '3']);
  now += 11;
  expect(await expiry.sweep()).toBe(1);
  expect(await left()).toEqual(['2', '3']);

  // More than a page: one a sweep, each going on where the last ended.
  for (let batch = 0; batch < 12; batch += 1) {
    const requests = Array.from({ length: 25 }, (_, index) => ({
      PutRequest: { Item: { id: { N: String(100 + batch * 25 + index) }, end: { N: '1999999999' } } },
    }));
    await call('BatchWriteItem', { RequestItems: { things: requests } });
  }
  const first = await expiry.sweep();
  expect(first).toBeLessThanOrEqual(200);
  expect(first + (await expiry.sweep()) + (await expiry.sweep())).toBe(300);
  expect(await left()).toEqual(['2', '3']);
  await engine.stop();
});
