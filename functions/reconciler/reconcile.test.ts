import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import type { Dependencies } from './dependencies.ts';
import { reconcile } from './reconcile.ts';
import { createFakeServices, type FakeServices } from './testing/fake-services.ts';

const silo = '01JD00000000000000000000AA';
const now = new Date('2026-11-23T10:00:00.000Z');
const ago = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

let engine: TestTables;
let fake: FakeServices;
let dependencies: Dependencies;
beforeEach(async () => {
  engine = await startTables();
  fake = createFakeServices();
  const { documents, tables } = engine;
  const { codepipeline, cloudformation } = fake;
  dependencies = { documents, tables, codepipeline, cloudformation, pipelineName: 'pipeline', clock: () => now };
});
afterEach(() => engine.stop());

const put = async (TableName: string, Item: object) =>
  await engine.documents.send(new PutCommand({ TableName, Item: { ...Item } }));
const get = async (TableName: string, Key: Record<string, string>) =>
  (await engine.documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
const auditOf = async () =>
  ((await engine.documents.send(new ScanCommand({ TableName: engine.tables.AUDIT_LOG_TABLE }))).Items ?? []).map(
    ({ action, actor, detail }) =>
      ({ action: String(action), actor: String(actor), ...JSON.parse(String(detail)) } as object),
  );
const kinds = async () => (await reconcile(dependencies)).map(({ kind, isMended }) => ({ kind, isMended }));

const givenStack = async (tenantId: string, more: { readonly [name: string]: string | undefined } = {}) => {
  const stackName = tenantId === 'pooled' ? 'cotenant-pooled' : `cotenant-tenant-${tenantId}`;
  await put(engine.tables.TENANT_STACK_MAPPING_TABLE, {
    tenantId,
    listing: 'STACK',
    stackName,
    status: 'ACTIVE',
    release: 'r1',
    updatedAt: ago(60),
    ...more,
  });
  fake.stacks.push(stackName);
  fake.releases.set(stackName, more['release'] ?? 'r1');
};
const givenTenant = async (more: object = {}) =>
  await put(engine.tables.TENANTS_TABLE, {
    tenantId: silo,
    listing: 'TENANT',
    slug: 'silo',
    status: 'ACTIVE',
    registrationId: 'R1',
    updatedAt: ago(60),
    ...more,
  });
/** An open run of the silo, which nobody has touched for ten minutes, and its stack in its hands. */
const givenRun = async (more: object = {}) => {
  await givenStack(silo, { currentRunId: 'RUN1', status: 'PROVISIONING', release: undefined });
  await put(engine.tables.PROVISIONING_RUNS_TABLE, {
    runId: 'RUN1',
    tenantId: silo,
    action: 'PROVISION',
    release: 'r1',
    status: 'REQUESTED',
    attempt: 1,
    steps: [{ name: 'READ_RELEASE', status: 'PENDING' }],
    logTail: [],
    createdAt: ago(10),
    updatedAt: ago(10),
    ...more,
  });
};
const run = async () => await get(engine.tables.PROVISIONING_RUNS_TABLE, { runId: 'RUN1' });

test('where everything agrees, nothing is found or written', async () => {
  await givenStack('pooled');
  await givenStack(silo);
  await givenTenant();
  expect(await kinds()).toEqual([]);
  expect(await auditOf()).toEqual([]);
});

describe('a run', () => {
  test('that was never started is started, once', async () => {
    await givenRun();
    expect(await kinds()).toEqual([{ kind: 'RUN_NOT_STARTED', isMended: true }]);
    expect(await run()).toMatchObject({ status: 'REQUESTED', executionId: 'execution-1' });
    expect(await kinds()).toEqual([]);
    expect(fake.executions.size).toBe(1);
    expect(await auditOf()).toMatchObject([{ action: 'reconcile', actor: 'system', kind: 'RUN_NOT_STARTED' }]);
  });

  test('that has only just been requested is left to its stream', async () => {
    await givenRun({ updatedAt: ago(1) });
    expect(await kinds()).toEqual([]);
    expect(fake.executions.size).toBe(0);
  });

  const givenRollout = (status: string) =>
    put(engine.tables.ROLLOUTS_TABLE, { rolloutId: 'ROLLOUT', listing: 'ROLLOUT', status });

  test('of a rollout is the rollout’s, until it is tried again', async () => {
    await givenRollout('RUNNING');
    await givenRun({ rolloutId: 'ROLLOUT' });
    expect(await kinds()).toEqual([]);
    await givenRun({ rolloutId: 'ROLLOUT', status: 'RUNNING', updatedAt: ago(130) });
    expect(await kinds()).toEqual([{ kind: 'RUN_TAKES_LONG', isMended: false }]);
    expect(fake.executions.size).toBe(0);
    await givenRun({ rolloutId: 'ROLLOUT', attempt: 2 });
    expect(await kinds()).toEqual([{ kind: 'RUN_NOT_STARTED', isMended: true }]);
  });

  test.each([
    ['has ended', 'HALTED', 'REQUESTED'],
    ['has ended in the middle of it', 'ABORTED', 'RUNNING'],
    ['is not there', undefined, 'RUNNING'],
  ])('of a rollout that %s is settled, and its stack free', async (_, rollout, status) => {
    if (rollout !== undefined) await givenRollout(rollout);
    await givenRun({ rolloutId: 'ROLLOUT', action: 'UPDATE', status });
    expect(await kinds()).toEqual([{ kind: 'RUN_NOT_SETTLED', isMended: true }]);
    expect(await run()).toMatchObject({
      status: 'FAILED',
      failedStep: 'READ_RELEASE',
      failure: expect.stringContaining(`ROLLOUT is ${rollout ?? 'not there'}`) as string,
    });
    const row = await get(engine.tables.TENANT_STACK_MAPPING_TABLE, { tenantId: silo });
    expect(row).toMatchObject({ status: 'FAILED' });
    expect(row).not.toHaveProperty('currentRunId');
    expect(fake.executions.size).toBe(0);
    expect(await kinds()).toEqual([]);
  });

  test.each(['Failed', 'Stopped', 'Succeeded'])(
    'whose execution is %s is settled, and its stack free',
    async (status) => {
      await givenRun({ status: 'RUNNING', executionId: 'X' });
      fake.executions.set('X', { token: 't', runId: 'RUN1', status });
      expect(await kinds()).toEqual([{ kind: 'RUN_NOT_SETTLED', isMended: true }]);
      expect(await run()).toMatchObject({ status: 'FAILED', failedStep: 'READ_RELEASE' });
      const row = await get(engine.tables.TENANT_STACK_MAPPING_TABLE, { tenantId: silo });
      expect(row).toMatchObject({ status: 'FAILED' });
      expect(row).not.toHaveProperty('currentRunId');
      expect(await kinds()).toEqual([]);
    },
  );

  test('that is at work is left alone, and told of when it says nothing for hours', async () => {
    await givenRun({ status: 'RUNNING', executionId: 'X', updatedAt: ago(100) });
    fake.executions.set('X', { token: 't', runId: 'RUN1', status: 'InProgress' });
    expect(await kinds()).toEqual([]);
    await givenRun({ status: 'RUNNING', executionId: 'X', updatedAt: ago(130) });
    expect(await kinds()).toEqual([{ kind: 'RUN_TAKES_LONG', isMended: false }]);
    expect(await run()).toMatchObject({ status: 'RUNNING' });
  });

  test('whose execution nobody knows, and one that is not there, are told of', async () => {
    await givenRun({ executionId: 'LOST' });
    expect(await kinds()).toEqual([{ kind: 'RUN_WITHOUT_EXECUTION', isMended: false }]);
    await givenStack(silo, { currentRunId: 'NONE' });
    expect(await kinds()).toEqual([{ kind: 'RUN_MISSING', isMended: false }]);
  });
});

describe('an onboarding', () => {
  const givenOnboarding = async (more: object = {}) => {
    await givenTenant({ status: 'PROVISIONING' });
    await put(engine.tables.REGISTRATIONS_TABLE, {
      registrationId: 'R1',
      tenantId: silo,
      status: 'PROVISIONING',
      updatedAt: ago(10),
      ...more,
    });
  };
  const touched = async () => (await get(engine.tables.REGISTRATIONS_TABLE, { registrationId: 'R1' }))?.['updatedAt'];

  test('that stands still is driven on by its stream', async () => {
    await givenOnboarding();
    expect(await kinds()).toEqual([{ kind: 'ONBOARDING_STOOD_STILL', isMended: true }]);
    expect(await touched()).toBe(now.toISOString());
    expect(await kinds()).toEqual([]);
  });

  test('that waits for an open run is left alone; when the run is over, not', async () => {
    await givenRun({ status: 'RUNNING', executionId: 'X' });
    fake.executions.set('X', { token: 't', runId: 'RUN1', status: 'InProgress' });
    await givenOnboarding({ runId: 'RUN1' });
    expect(await kinds()).toEqual([]);
    expect(await touched()).toBe(ago(10));
    await givenRun({ status: 'SUCCEEDED', executionId: 'X' });
    expect(await kinds()).toContainEqual({ kind: 'ONBOARDING_STOOD_STILL', isMended: true });
  });

  test('whose registration says something else is told of', async () => {
    await givenOnboarding({ status: 'FAILED' });
    expect(await kinds()).toEqual([{ kind: 'REGISTRATION_DIFFERS', isMended: false }]);
  });
});

describe('stacks', () => {
  test('a stack without a row, a stack without a tenant', async () => {
    await givenStack('pooled');
    await givenStack(silo);
    fake.stacks.push('cotenant-tenant-01JD00000000000000000000BB', 'cotenant-control-plane');
    await givenTenant();
    expect(await kinds()).toEqual([{ kind: 'STACK_ORPHANED', isMended: false }]);
    fake.stacks = ['cotenant-pooled', `cotenant-tenant-${silo}`];
    await givenTenant({ status: 'OFFBOARDED' });
    expect(await kinds()).toEqual([{ kind: 'STACK_WITHOUT_TENANT', isMended: false }]);
  });

  test.each(['pooled', silo])('a row of %s whose stack is not there, whatever name the row has', async (tenantId) => {
    await givenTenant();
    await givenStack(tenantId, { stackName: 'cotenant-control-plane' });
    fake.stacks = ['cotenant-control-plane'];
    expect(await reconcile(dependencies)).toMatchObject([
      { kind: 'STACK_MISSING', subject: tenantId, isMended: false },
    ]);
  });

  test('no stack is missed where a run has it, none was ever made, or the row has just changed', async () => {
    await givenTenant();
    for (const more of [{ release: undefined }, { updatedAt: ago(1) }]) {
      await givenStack(silo, more);
      fake.stacks = [];
      expect(await kinds()).toEqual([]);
    }
    await givenRun({ status: 'RUNNING', executionId: 'X', updatedAt: ago(1) });
    fake.executions.set('X', { token: 't', runId: 'RUN1', status: 'InProgress' });
    await givenStack(silo, { currentRunId: 'RUN1' });
    fake.stacks = [];
    expect(await kinds()).toEqual([]);
  });

  test('one that is not well, though its row is active and no run has it', async () => {
    await givenTenant();
    await givenStack(silo);
    fake.statuses.set(`cotenant-tenant-${silo}`, 'UPDATE_ROLLBACK_COMPLETE');
    expect(await kinds()).toEqual([]);
    for (const status of ['UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED', 'ROLLBACK_COMPLETE']) {
      fake.statuses.set(`cotenant-tenant-${silo}`, status);
      expect(await kinds()).toEqual([{ kind: 'STACK_UNWELL', isMended: false }]);
    }
    await givenStack(silo, { status: 'FAILED' });
    expect(await kinds()).toEqual([]);
  });

  test('one that is of another release than its row says', async () => {
    await givenTenant();
    await givenStack(silo);
    fake.releases.set(`cotenant-tenant-${silo}`, 'r0');
    expect(await kinds()).toEqual([{ kind: 'STACK_DIFFERS', isMended: false }]);
    await givenStack(silo, { release: 'r0' });
    expect(await kinds()).toEqual([]);
  });

  test.each([{ currentRunId: 'RUN1', status: 'UPDATING' }, { status: 'FAILED' }, { updatedAt: ago(1) }])(
    'a stack is not compared with a row that is %j',
    async (row) => {
      await givenTenant();
      await givenRun({ status: 'RUNNING', executionId: 'X', updatedAt: ago(1) });
      fake.executions.set('X', { token: 't', runId: 'RUN1', status: 'InProgress' });
      await givenStack(silo, row);
      fake.releases.set(`cotenant-tenant-${silo}`, 'r0');
      expect(await kinds()).toEqual([]);
    },
  );

  test.each(['ACTIVE', 'SUSPENDED'])('a tenant in a silo that is %s and has no row', async (status) => {
    await givenStack('pooled');
    await givenTenant({ deployment: 'SILO', status });
    expect(await reconcile(dependencies)).toMatchObject([
      { kind: 'SILO_WITHOUT_STACK', subject: silo, isMended: false },
    ]);
    await givenStack(silo);
    expect(await kinds()).toEqual([]);
  });

  test.each([
    { deployment: 'POOLED' },
    { deployment: 'SILO', status: 'OFFBOARDING' },
    { deployment: 'SILO', status: 'FAILED' },
    { deployment: 'SILO', updatedAt: ago(1) },
  ])('no row is missed of a tenant that is %j', async (tenant) => {
    await givenStack('pooled');
    await givenTenant(tenant);
    expect(await kinds()).toEqual([]);
  });

  test('one behind the pool after a rollout that succeeded, and not while one is under way', async () => {
    await givenStack('pooled', { release: 'r2' });
    await givenStack(silo);
    await givenTenant();
    const rollout = { rolloutId: 'ROLLOUT', listing: 'ROLLOUT', release: 'r2', status: 'SUCCEEDED' };
    await put(engine.tables.ROLLOUTS_TABLE, { ...rollout, status: 'HALTED' });
    expect(await kinds()).toEqual([]);
    await put(engine.tables.ROLLOUTS_TABLE, rollout);
    expect(await kinds()).toEqual([{ kind: 'STACK_BEHIND', isMended: false }]);
    await put(engine.tables.ROLLOUTS_TABLE, { rolloutId: 'ACTIVE', names: 'NEXT' });
    expect(await kinds()).toEqual([]);
  });
});

test('a finding is told once, and again when it is still there after a week', async () => {
  fake.stacks = [`cotenant-tenant-${silo}`];
  await reconcile(dependencies);
  await reconcile(dependencies);
  expect(await auditOf()).toMatchObject([{ kind: 'STACK_ORPHANED' }]);
  await reconcile({ ...dependencies, clock: () => new Date(now.getTime() + 8 * 24 * 60 * 60_000) });
  expect(await auditOf()).toHaveLength(2);
});

test('a check that fails holds up no other, and is told of at the end', async () => {
  fake.fails = 'StartPipelineExecution';
  await givenRun();
  fake.stacks.push('cotenant-tenant-01JD00000000000000000000BB');
  await expect(reconcile(dependencies)).rejects.toThrow('StartPipelineExecution is out of order');
  expect(await auditOf()).toMatchObject([{ kind: 'STACK_ORPHANED' }]);
});
