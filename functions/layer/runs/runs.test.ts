import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTables, type TestTables } from '../testing/engine.ts';
import { transact } from '../transact.ts';
import { newRun, StackOwnerError } from './new-run.ts';
import { restartRun } from './restart-run.ts';
import { type RunItem, stackNameOf } from './run-item.ts';
import { settleRun } from './settle-run.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

const now = '2026-11-23T10:00:00.000Z';
let count = 0;
const request = (tenantId: string, action: RunItem['action'] = 'PROVISION', release = 'r1') =>
  newRun(
    { tenantId, action, release, requestedBy: 'system' },
    { tables: engine.tables, clock: () => new Date(now), createRunId: () => `RUN${(count += 1)}`, region: 'us-east-1' },
  );
const row = async (tenantId: string) => {
  const TableName = engine.tables.TENANT_STACK_MAPPING_TABLE;
  return (await engine.documents.send(new GetCommand({ TableName, Key: { tenantId }, ConsistentRead: true }))).Item;
};
const settled = { logTail: ['done'], now, steps: [] };

test('a stack has one run at a time; settled, it is free, knows its release and the one before', async () => {
  const first = request('pooled');
  expect(await transact(engine.documents, first.writes)).toEqual({ written: true });
  expect(await row('pooled')).toMatchObject({ status: 'PROVISIONING', wave: 'POOLED', currentRunId: first.run.runId });
  expect(await transact(engine.documents, request('pooled').writes)).toEqual({ written: false, refused: [1] });

  const success = settleRun(first.run, { ...settled, status: 'SUCCEEDED' }, engine.tables);
  expect(await transact(engine.documents, success)).toEqual({ written: true });
  expect(await transact(engine.documents, success)).toMatchObject({ written: false });
  expect(await row('pooled')).toMatchObject({ status: 'ACTIVE', release: 'r1' });
  expect(await row('pooled')).not.toHaveProperty('currentRunId');

  const update = request('pooled', 'UPDATE', 'r2');
  await transact(engine.documents, update.writes);
  expect(await row('pooled')).toMatchObject({ status: 'UPDATING', release: 'r1', wave: 'POOLED' });
  await transact(
    engine.documents,
    settleRun(update.run, { ...settled, status: 'SUCCEEDED', replaces: 'r1' }, engine.tables),
  );
  expect(await row('pooled')).toMatchObject({ status: 'ACTIVE', release: 'r2', previousRelease: 'r1' });
});

test('a failed run keeps its cause, frees the stack and goes on at the failed step, once', async () => {
  const { run, writes } = request('01KB4N3S0V5Q2J8Z7XW9T6YRCD');
  await transact(engine.documents, writes);
  const steps = run.steps.map((step, place) => ({ ...step, status: place === 0 ? 'SUCCEEDED' : 'FAILED' } as const));
  const failure = { status: 'FAILED', failure: 'no', failedStep: 'DEPLOY_STACK' } as const;
  await transact(engine.documents, settleRun(run, { ...settled, ...failure, steps }, engine.tables));
  expect(await row(run.tenantId)).toMatchObject({ status: 'FAILED', wave: 'REST' });
  const failed: RunItem = { ...run, ...failure, steps };
  const again = restartRun(failed, { release: 'r1', now }, engine.tables);
  expect(await transact(engine.documents, again.writes)).toEqual({ written: true });
  expect(await transact(engine.documents, again.writes)).toMatchObject({ written: false });
  expect(again.run).toMatchObject({ attempt: 2, status: 'REQUESTED', release: 'r1' });
  expect(again.run.steps.map(({ status }) => status)).toEqual(['SUCCEEDED', 'PENDING', 'PENDING', 'PENDING']);
  expect(again.run).not.toHaveProperty('failure');
  const another = restartRun(failed, { release: 'r2', now }, engine.tables);
  expect(another.run.steps.every(({ status }) => status === 'PENDING')).toBe(true);
});

test('what was deprovisioned leaves no row', async () => {
  const tenantId = '01KB4N3S0V5Q2J8Z7XW9T6YRCE';
  expect(await transact(engine.documents, request(tenantId, 'DEPROVISION').writes)).toMatchObject({ written: false });
  const made = request(tenantId);
  await transact(engine.documents, made.writes);
  await transact(engine.documents, settleRun(made.run, { ...settled, status: 'SUCCEEDED' }, engine.tables));
  const removal = request(tenantId, 'DEPROVISION');
  await transact(engine.documents, removal.writes);
  await transact(engine.documents, settleRun(removal.run, { ...settled, status: 'SUCCEEDED' }, engine.tables));
  expect(await row(tenantId)).toBeUndefined();
});

test.each(['', '../pooled', 'a; rm -rf /', '$(id)', 'POOLED', 'pooled\n', '01KB4N3S0V5Q2J8Z7XW9T6YRC%'])(
  '%j owns no stack',
  (tenantId) => {
    expect(() => request(tenantId)).toThrow(StackOwnerError);
  },
);

test('stacks are named by their owner', () => {
  expect(stackNameOf('pooled')).toBe('cotenant-pooled');
  expect(stackNameOf('01KB4N3S0V5Q2J8Z7XW9T6YRCD')).toBe('cotenant-tenant-01KB4N3S0V5Q2J8Z7XW9T6YRCD');
});
