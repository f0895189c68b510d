import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GraphqlError } from '../layer/signed-graphql.ts';
import type { Change } from '../layer/stream.ts';
import { schemaText } from '../layer/testing/schema-text.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { endSubscriptions } from './end-subscriptions.ts';

let engine: TestTables;
let asked: { readonly url: string; readonly query: string; readonly input: unknown }[];
let failure: Error | undefined;
let handle: (change: Change) => Promise<void>;

beforeAll(async () => {
  engine = await startTables();
  const { TENANTS_TABLE: tenantsTable, TENANT_STACK_MAPPING_TABLE: mappingTable } = engine.tables;
  const put = (TableName: string, Item: object) => engine.documents.send(new PutCommand({ TableName, Item }));
  await put(tenantsTable, { tenantId: 'SILO', listing: 'TENANT', stack: 'SILO' });
  await put(tenantsTable, { tenantId: 'T1', listing: 'TENANT', stack: 'pooled' });
  await put(mappingTable, { tenantId: 'pooled', graphqlUrl: 'https://pool/graphql' });
  await put(mappingTable, { tenantId: 'SILO', graphqlUrl: 'https://silo/graphql' });
  await put(mappingTable, { tenantId: 'UNMADE' });
  handle = endSubscriptions({
    documents: engine.documents,
    tenantsTable,
    mappingTable,
    callGraphqlAt: (url) => async (query, variables) => {
      asked.push({ url, query, input: variables['input'] });
      if (failure) throw failure;
    },
  });
});
afterAll(() => engine.stop());
beforeEach(() => {
  asked = [];
  failure = undefined;
});

const change = (before?: object, after?: object) => ({ eventId: '1', changedAt: new Date(0), before, after } as Change);
const tenant = (status: string, stack = 'pooled', tenantId = 'T1') => ({ tenantId, listing: 'TENANT', status, stack });
const member = (status: string, tenantId = 'T1') => ({ tenantId, userId: 'ann', role: 'TENANT_USER', status });

test.each([
  ['a tenant is suspended', tenant('ACTIVE'), tenant('SUSPENDED'), 'pool', null],
  ['a tenant goes', tenant('ACTIVE'), tenant('OFFBOARDING'), 'pool', null],
  ['a tenant has moved: in its old stack', tenant('ACTIVE'), tenant('ACTIVE', 'T1'), 'pool', null],
  ['a silo is suspended', tenant('ACTIVE', 'SILO', 'SILO'), tenant('SUSPENDED', 'SILO', 'SILO'), 'silo', null],
  ['a user is disabled', member('ACTIVE'), member('DISABLED'), 'pool', 'ann'],
  ['a user is gone', member('ACTIVE'), undefined, 'pool', 'ann'],
  ['a user of a silo is disabled', member('INVITED', 'SILO'), member('DISABLED', 'SILO'), 'silo', 'ann'],
] as const)('%s', async (_, before, after, place, userId) => {
  await handle(change(before, after));
  const input = { tenantId: before.tenantId, userId };
  expect(asked).toMatchObject([{ url: `https://${place}/graphql`, input }]);
  const schema = buildSchema(schemaText('application'), { assumeValidSDL: true });
  for (const { query } of asked) expect(validate(schema, parse(query))).toEqual([]);
});

test.each([
  ['a tenant is new', undefined, tenant('ACTIVE')],
  ['a tenant changes its name', tenant('ACTIVE'), tenant('ACTIVE')],
  ['a tenant is activated', tenant('SUSPENDED'), tenant('ACTIVE')],
  ['a user signs in for the first time', member('INVITED'), member('ACTIVE')],
  ['a disabled user changes', member('DISABLED'), member('DISABLED')],
  ['a claim is given up', { tenantId: 'SLUG#acme', owner: 'T1' }, undefined],
  ['a stack is not made yet', tenant('ACTIVE', 'UNMADE'), tenant('SUSPENDED', 'UNMADE')],
  ['a stack is unknown', tenant('ACTIVE', 'NONE'), tenant('SUSPENDED', 'NONE')],
])('nothing ends when %s', async (_, before, after) => {
  await handle(change(before, after));
  expect(asked).toEqual([]);
});

describe('when the stack’s API refuses', () => {
  test('what may pass is thrown, for the stream to send the change again', async () => {
    failure = new GraphqlError(503, [{ message: 'busy' }]);
    await expect(handle(change(tenant('ACTIVE'), tenant('SUSPENDED')))).rejects.toThrow('503');
  });

  test('an older release without the mutation holds up nothing', async () => {
    failure = new GraphqlError(200, [{ message: 'Validation error of type FieldUndefined' }]);
    await expect(handle(change(tenant('ACTIVE'), tenant('SUSPENDED')))).resolves.toBeUndefined();
  });
});
