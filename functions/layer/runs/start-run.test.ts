import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunItem, stepsOf } from './run-item.ts';
import { crashAfter, Killed } from '../testing/crash-after.ts';
import { startTables, type TestTables } from '../testing/engine.ts';
import { startRun } from './start-run.ts';

interface Start {
  readonly clientRequestToken: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
}

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

const now = '2026-11-23T10:00:00.000Z';

async function givenRun(runId: string, attempt = 1): Promise<RunItem> {
  const run: RunItem = {
    runId,
    tenantId: '01KB4N3S0V5Q2J8Z7XW9T6YRCD',
    action: 'PROVISION',
    release: '1.0.0-aaaaaaaaaaaa',
    status: 'REQUESTED',
    attempt,
    steps: stepsOf('PROVISION'),
    logTail: [],
    requestedBy: 'system',
    createdAt: now,
    updatedAt: now,
  };
  await engine.documents.send(new PutCommand({ TableName: engine.tables.PROVISIONING_RUNS_TABLE, Item: { ...run } }));
  return run;
}

const stored = async (runId: string) =>
  (
    await engine.documents.send(
      new GetCommand({ TableName: engine.tables.PROVISIONING_RUNS_TABLE, Key: { runId }, ConsistentRead: true }),
    )
  ).Item;

/** CodePipeline, which answers a token that it knows with the execution that it knows by it. */
function pipelines() {
  const executions = new Map<string, Start>();
  const send = ({ input }: { input: Start }) => {
    if (!executions.has(input.clientRequestToken)) executions.set(input.clientRequestToken, input);
    return Promise.resolve({ pipelineExecutionId: `execution-${input.clientRequestToken}` });
  };
  const starter = {
    documents: engine.documents,
    codepipeline: { send } as never,
    tables: engine.tables,
    pipelineName: 'cotenant-provisioning',
  };
  return { executions, starter };
}

test('a run is started with all that its build must know, and knows its execution', async () => {
  const { executions, starter } = pipelines();
  const run = await givenRun('RUN', 2);
  await startRun(run, starter);
  await startRun(run, starter);
  expect([...executions.keys()]).toEqual(['RUN-2']);
  const { variables = [] } = executions.get('RUN-2') ?? {};
  expect(Object.fromEntries(variables.map(({ name, value }) => [name, value]))).toEqual({
    RUN_ID: 'RUN',
    ATTEMPT: '2',
    TENANT_ID: run.tenantId,
    ACTION: 'provision',
    RELEASE: run.release,
  });
  expect(await stored('RUN')).toEqual({ ...run, executionId: 'execution-RUN-2' });
});

test('one that is at its next attempt by now does not get the execution of the one before', async () => {
  const { starter } = pipelines();
  const before = await givenRun('LATE');
  const next = await givenRun('LATE', 2);
  await startRun(before, starter);
  expect(await stored('LATE')).toEqual(next);
});

test.each([1, 2])('killed after call %d and asked again, there is one execution', async (calls) => {
  const { executions, starter } = pipelines();
  const runId = `KILLED${calls}`;
  const run = await givenRun(runId);
  const dying = crashAfter(calls);
  const dead = { ...starter, documents: dying(starter.documents), codepipeline: dying(starter.codepipeline) };
  await expect(startRun(run, dead)).rejects.toBeInstanceOf(Killed);
  await startRun(run, starter);
  expect([...executions.keys()]).toEqual([`${runId}-1`]);
  expect(await stored(runId)).toMatchObject({ executionId: `execution-${runId}-1` });
});
