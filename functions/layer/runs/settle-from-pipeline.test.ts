import { PipelineExecutionNotFoundException } from '@aws-sdk/client-codepipeline';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StackMappingItem } from '../registry.ts';
import { crashAfter, Killed } from '../testing/crash-after.ts';
import { startTables, type TestTables } from '../testing/engine.ts';
import { transact } from '../transact.ts';
import { newRun } from './new-run.ts';
import { restartRun } from './restart-run.ts';
import type { RunItem } from './run-item.ts';
import { type PipelineSettler, settleFromPipeline } from './settle-from-pipeline.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

const now = '2026-11-23T10:00:00.000Z';
let count = 0;

async function givenRun(): Promise<RunItem> {
  count += 1;
  const tenantId = `01KB4N3S0V5Q2J8Z7XW9T6Y${String(count).padStart(3, '0')}`;
  const { tables, documents } = engine;
  const { run, writes } = newRun(
    { tenantId, action: 'PROVISION', release: 'r1', requestedBy: 'system' },
    { tables, clock: () => new Date(now), createRunId: () => `RUN-OF-${tenantId}`, region: 'us-east-1' },
  );
  await transact(documents, writes);
  return run;
}

const read = async <Item>(TableName: string, Key: Record<string, string>) =>
  (await engine.documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item as Item;
const stored = ({ runId }: RunItem) => read<RunItem>(engine.tables.PROVISIONING_RUNS_TABLE, { runId });
const row = ({ tenantId }: RunItem) => read<StackMappingItem>(engine.tables.TENANT_STACK_MAPPING_TABLE, { tenantId });

/** CodePipeline with one execution: of that run and attempt, in that state. */
function settler({ runId }: RunItem, status: string, attempt = 1): PipelineSettler {
  const send = ({ input }: { input: { pipelineExecutionId?: string } }) => {
    if (input.pipelineExecutionId === undefined) {
      const output = { executionResult: { errorDetails: { message: 'Build terminated' } } };
      return Promise.resolve({ actionExecutionDetails: [{ actionName: 'Provision', status: 'Failed', output }] });
    }
    if (input.pipelineExecutionId !== 'known')
      return Promise.reject(new PipelineExecutionNotFoundException({ message: 'no such', $metadata: {} }));
    const variables = Object.entries({ RUN_ID: runId, ATTEMPT: String(attempt) });
    const resolved = variables.map(([name, resolvedValue]) => ({ name, resolvedValue }));
    return Promise.resolve({ pipelineExecution: { status, variables: resolved } });
  };
  return {
    documents: engine.documents,
    codepipeline: { send } as unknown as PipelineSettler['codepipeline'],
    tables: engine.tables,
    pipelineName: 'cotenant-provisioning',
    clock: () => new Date(now),
  };
}

test('an execution that ended without the program ends its run as FAILED with the cause, and frees the stack', async () => {
  const run = await givenRun();
  await settleFromPipeline('known', settler(run, 'Failed'));
  expect(await stored(run)).toMatchObject({
    status: 'FAILED',
    failedStep: 'READ_RELEASE',
    failure: 'The pipeline ended Failed: Provision: Build terminated',
  });
  expect(await row(run)).toMatchObject({ status: 'FAILED' });
  expect(await row(run)).not.toHaveProperty('currentRunId');
});

test.each(['InProgress', 'Stopping'])('one that is %s, whatever an event says, is left alone', async (status) => {
  const run = await givenRun();
  await settleFromPipeline('known', settler(run, status));
  expect(await stored(run)).toEqual(run);
});

test('one that nobody knows is passed over', async () => {
  const run = await givenRun();
  await settleFromPipeline('unknown', settler(run, 'Failed'));
  expect(await stored(run)).toEqual(run);
});

test('the end of an earlier attempt, told again, is not the end of the next', async () => {
  const run = await givenRun();
  await settleFromPipeline('known', settler(run, 'Failed'));
  const again = restartRun(await stored(run), { release: 'r1', now }, engine.tables);
  await transact(engine.documents, again.writes);
  await settleFromPipeline('known', settler(run, 'Failed'));
  expect(await stored(run)).toEqual(again.run);
  await settleFromPipeline('known', settler(run, 'Stopped', 2));
  expect(await stored(run)).toMatchObject({ status: 'FAILED', attempt: 2 });
});

test('killed after any of its calls and asked again, it ends the same', async () => {
  for (let calls = 1; ; calls += 1) {
    const run = await givenRun();
    const dying = crashAfter(calls);
    const { documents, codepipeline, ...rest } = settler(run, 'Failed');
    const dead = { ...rest, documents: dying(documents), codepipeline: dying(codepipeline) };
    const survived = await settleFromPipeline('known', dead).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(Killed);
        return false;
      },
    );
    await settleFromPipeline('known', settler(run, 'Failed'));
    expect(await stored(run)).toMatchObject({ status: 'FAILED', attempt: 1 });
    expect(await row(run)).not.toHaveProperty('currentRunId');
    if (survived) {
      expect(calls).toBeGreaterThan(4);
      return;
    }
  }
});
