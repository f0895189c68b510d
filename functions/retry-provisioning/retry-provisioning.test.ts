import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperatorIdentity } from '../layer/field-call.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { retryProvisioning } from './retry-provisioning.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
  await put('TENANT_STACK_MAPPING_TABLE', { tenantId: 'pooled', release: 'r2', lastRunId: 'POOL' });
  await put('PROVISIONING_RUNS_TABLE', { ...run, runId: 'POOL', tenantId: 'pooled', status: 'SUCCEEDED' });
});
afterAll(() => engine.stop());

const now = '2026-11-23T10:00:00.000Z';
const put = (table: keyof TestTables['tables'], Item: object) =>
  engine.documents.send(new PutCommand({ TableName: engine.tables[table], Item: { ...Item } }));
const get = async (table: keyof TestTables['tables'], Key: Record<string, string>) =>
  (await engine.documents.send(new GetCommand({ TableName: engine.tables[table], Key, ConsistentRead: true }))).Item;

const run = {
  action: 'PROVISION',
  release: 'r1',
  status: 'FAILED',
  attempt: 1,
  steps: [
    { name: 'READ_RELEASE', status: 'SUCCEEDED' },
    { name: 'DEPLOY_STACK', status: 'FAILED' },
  ],
  failure: 'no such thing',
  failedStep: 'DEPLOY_STACK',
  logTail: [],
  createdAt: now,
  updatedAt: now,
};

async function givenFailed(tenantId: string, step: string, withRun: boolean): Promise<void> {
  const common = { tenantId, status: 'FAILED', tier: 'PLATINUM', failure: `${step}: why` };
  await put('TENANTS_TABLE', { ...common, listing: 'TENANT', registrationId: `R-${tenantId}`, version: 2 });
  const steps = [
    { name: 'CLAIM_SLUG', status: 'SUCCEEDED' },
    { name: step, status: 'FAILED' },
  ];
  await put('REGISTRATIONS_TABLE', { ...common, registrationId: `R-${tenantId}`, steps });
  if (!withRun) return;
  await put('PROVISIONING_RUNS_TABLE', { ...run, runId: `RUN-${tenantId}`, tenantId });
  await put('TENANT_STACK_MAPPING_TABLE', { tenantId, lastRunId: `RUN-${tenantId}`, status: 'FAILED' });
}

const identity: OperatorIdentity = { role: 'SYSTEM_ADMIN', userId: 'op-1', email: 'op@example.com' };
const retry = (tenantId: string) =>
  retryProvisioning({ documents: engine.documents, tables: engine.tables, clock: () => new Date(now) })({
    field: 'retryProvisioning',
    arguments: { input: { tenantId } },
    identity,
  });

test('a silo whose stack failed: run, registration and tenant go on together, with the release that the pool runs', async () => {
  await givenFailed('SILO', 'PROVISION_STACK', true);
  const answers = await Promise.all([retry('SILO'), retry('SILO')]);
  const [done] = answers.filter(({ userErrors }) => userErrors.length === 0);
  expect(done).toMatchObject({
    tenant: { id: 'SILO', status: 'PROVISIONING', failure: null, version: 3 },
    run: { id: 'RUN-SILO', attempt: 2, status: 'REQUESTED', release: 'r2', failure: null },
  });
  expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(['INVALID_STATE']);
  expect(await get('REGISTRATIONS_TABLE', { registrationId: 'R-SILO' })).toMatchObject({
    status: 'PROVISIONING',
    steps: [{ status: 'SUCCEEDED' }, { name: 'PROVISION_STACK', status: 'RUNNING', startedAt: now }],
  });
  expect(await get('TENANT_STACK_MAPPING_TABLE', { tenantId: 'SILO' })).toMatchObject({
    status: 'PROVISIONING',
    currentRunId: 'RUN-SILO',
  });
  const { Items = [] } = await engine.documents.send(new ScanCommand({ TableName: engine.tables.AUDIT_LOG_TABLE }));
  expect(Items.filter(({ tenantId }) => tenantId === 'SILO')).toMatchObject([
    { action: 'retryProvisioning', actor: 'op-1', detail: '{"step":"DEPLOY_STACK"}' },
  ]);
});

test('a pooled tenant whose onboarding failed has no run', async () => {
  await givenFailed('POOLEDTENANT', 'CREATE_ADMIN', false);
  expect(await retry('POOLEDTENANT')).toMatchObject({ tenant: { status: 'PROVISIONING' }, run: null, userErrors: [] });
});

test('the pool’s own run goes on with its own release', async () => {
  await put('TENANT_STACK_MAPPING_TABLE', { tenantId: 'pooled', release: 'r2', lastRunId: 'POOL2' });
  await put('PROVISIONING_RUNS_TABLE', { ...run, runId: 'POOL2', tenantId: 'pooled', action: 'UPDATE', release: 'r3' });
  expect(await retry('pooled')).toMatchObject({ tenant: null, run: { id: 'POOL2', release: 'r3', attempt: 2 } });
});

test('nothing failed, no such tenant, no id at all', async () => {
  await put('TENANTS_TABLE', { tenantId: 'FINE', listing: 'TENANT', status: 'ACTIVE', registrationId: 'R' });
  expect(await retry('FINE')).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
  for (const tenantId of ['NOBODY', '', '../x', 'SLUG#acme', 'a'.repeat(3000)])
    expect(await retry(tenantId)).toMatchObject({ tenant: null, userErrors: [{ code: 'NOT_FOUND' }] });
});
