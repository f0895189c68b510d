import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProvisioningRun, TenantStack } from '../../generated/control-plane.ts';
import type { Connection } from '../lib/page.ts';
import { type ControlPlane, startControlPlane } from '../testing/control-plane.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
  const put = (TableName: string, Item: object) =>
    plane.documents.send(new PutCommand({ TableName, Item: { ...Item } }));
  for (let count = 1; count <= 5; count += 1) {
    await put(plane.tables.PROVISIONING_RUNS_TABLE, aRun(`RUN${count}`, 'T1'));
    await put(plane.tables.TENANT_STACK_MAPPING_TABLE, aStack(`T${count}`));
  }
  await put(plane.tables.PROVISIONING_RUNS_TABLE, aRun('RUN9', 'pooled'));
});
afterAll(() => plane.stop());

const now = '2026-11-23T10:00:00.000Z';
const aRun = (runId: string, tenantId: string) => ({
  runId,
  tenantId,
  action: 'PROVISION',
  release: 'r1',
  status: 'RUNNING',
  attempt: 1,
  steps: [{ name: 'READ_RELEASE', status: 'RUNNING', startedAt: now }],
  logTail: ['line'],
  worker: 'build-1',
  notes: { retained: [] },
  requestedBy: 'system',
  createdAt: now,
  updatedAt: now,
});
const aStack = (tenantId: string) => ({
  tenantId,
  listing: 'STACK',
  stackName: `cotenant-tenant-${tenantId}`,
  region: 'us-east-1',
  status: 'PROVISIONING',
  wave: 'REST',
  lastRunId: 'RUN1',
  currentRunId: 'RUN1',
  updatedAt: now,
});

test('the runs of one stack, newest first, in pages, and none of another’s', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Connection<ProvisioningRun> = await plane.ask('Query.provisioningRuns', {
      tenantId: 'T1',
      first: 2,
      after,
    });
    seen.push(...page.edges.map(({ node }) => node.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen).toEqual(['RUN5', 'RUN4', 'RUN3', 'RUN2', 'RUN1']);
  const pooled = await plane.ask<Connection<ProvisioningRun>>('Query.provisioningRuns', {
    tenantId: 'pooled',
    first: 5,
  });
  expect(pooled.edges.map(({ node }) => node.id)).toEqual(['RUN9']);
  const { pageInfo } = await plane.ask<Connection<ProvisioningRun>>('Query.provisioningRuns', {
    tenantId: 'T1',
    first: 2,
  });
  const elsewhere = plane.ask('Query.provisioningRuns', { tenantId: 'pooled', first: 2, after: pageInfo.endCursor });
  await expect(elsewhere).rejects.toMatchObject({ errorType: 'BadRequest' });
  for (const tenantId of ['../pooled', 'a;b', ''])
    await expect(plane.ask('Query.provisioningRuns', { tenantId, first: 2 })).rejects.toMatchObject({
      errorType: 'BadRequest',
    });
});

test('one run, with its steps and log and without what only the program needs', async () => {
  const run = await plane.ask('Query.provisioningRun', { id: 'RUN1' });
  expect(run).toMatchObject({ id: 'RUN1', failure: null, logTail: ['line'], steps: [{ name: 'READ_RELEASE' }] });
  expect(Object.keys(run)).not.toEqual(expect.arrayContaining(['worker']));
  for (const id of ['none', '', 'a/b']) expect(await plane.ask('Query.provisioningRun', { id })).toBeNull();
});

test('the stacks, in pages', async () => {
  const first = await plane.ask<Connection<TenantStack>>('Query.tenantStacks', { first: 3 });
  expect(first.edges.map(({ node }) => [node.tenantId, node.release, node.status])).toEqual(
    ['T1', 'T2', 'T3'].map((tenantId) => [tenantId, null, 'PROVISIONING']),
  );
  const after = first.pageInfo.endCursor;
  const rest = await plane.ask<Connection<TenantStack>>('Query.tenantStacks', { first: 3, after });
  expect(rest.edges.map(({ node }) => node.tenantId)).toEqual(['T4', 'T5']);
  expect(rest.pageInfo.hasNextPage).toBe(false);
});

test('an operator follows one stack; nobody else follows any', async () => {
  plane.functions['operators'] = () => true;
  expect(await plane.ask('Subscription.onProvisioningProgress', { tenantId: 'T1' })).toBeNull();
  expect(JSON.stringify(plane.subscriptionFilters.at(-1))).toContain('T1');
  await expect(plane.ask('Subscription.onProvisioningProgress', { tenantId: 'T1' }, null)).rejects.toMatchObject({
    errorType: 'Unauthorized',
  });
});
