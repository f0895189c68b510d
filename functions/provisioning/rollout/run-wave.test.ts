import { DeleteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Wave } from '../../../generated/control-plane.ts';
import { ulids } from '../../layer/ids.ts';
import type { StackMappingItem } from '../../layer/registry.ts';
import { changeRollout, readActiveRollout, readRollout } from '../../layer/rollouts/rollout-store.ts';
import { type RolloutItem, stackOf, waveOf } from '../../layer/rollouts/rollout.ts';
import { endEarly } from '../../layer/rollouts/wave-steps.ts';
import type { RunItem } from '../../layer/runs/run-item.ts';
import { settleRun } from '../../layer/runs/settle-run.ts';
import { crashAfter, Killed } from '../../layer/testing/crash-after.ts';
import { startTables, type TestTables } from '../../layer/testing/engine.ts';
import {
  aRollout,
  aStack,
  newRelease,
  oldRelease,
  putActive,
  putStacks,
  siloId,
} from '../../layer/testing/rollouts.ts';
import { transact } from '../../layer/transact.ts';
import { runWave } from './run-wave.ts';
import { type RaisedAlarm, SupersededBuildError, type WaveDependencies } from './wave-build.ts';

let engine: TestTables;
let rolloutId: string;
let refused: Set<string>;
let alarms: RaisedAlarm[];
let atOnce: { now: number; most: number };
let during: (run: RunItem) => Promise<void>;

beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  const TableName = engine.tables.TENANT_STACK_MAPPING_TABLE;
  const { Items: rows = [] } = await engine.documents.send(new ScanCommand({ TableName }));
  for (const row of rows) {
    await engine.documents.send(new DeleteCommand({ TableName, Key: { tenantId: row['tenantId'] as string } }));
  }
  refused = new Set();
  alarms = [];
  atOnce = { now: 0, most: 0 };
  during = async () => undefined;
});

const createId = ulids();

/** These stacks, and a rollout of them that has just been started. */
async function given(stacks: StackMappingItem[], rollout: Partial<RolloutItem> = {}): Promise<void> {
  rolloutId = createId();
  await putStacks(engine, ...stacks);
  await putActive(engine, aRollout(stacks, { ...rollout, rolloutId }));
}

const read = async <Item>(TableName: string, Key: Record<string, string>): Promise<Item> =>
  (await engine.documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item as Item;
const row = (tenantId: string) => read<StackMappingItem>(engine.tables.TENANT_STACK_MAPPING_TABLE, { tenantId });

/** As the provisioning program would: fails where `refused` names release and tenant. */
async function performRun(runId: string): Promise<RunItem> {
  const run = await read<RunItem>(engine.tables.PROVISIONING_RUNS_TABLE, { runId });
  if (run.status !== 'REQUESTED') return run;
  atOnce.now += 1;
  atOnce.most = Math.max(atOnce.most, atOnce.now);
  await new Promise((resolve) => setTimeout(resolve, 2));
  await during(run);
  const fails = refused.has(`${run.release} ${run.tenantId}`);
  const settlement = fails
    ? ({ status: 'FAILED', failedStep: 'SMOKE_CHECK', failure: 'it smokes' } as const)
    : ({ status: 'SUCCEEDED' } as const);
  const end = { ...settlement, steps: run.steps, logTail: [], now: new Date().toISOString() };
  await transact(engine.documents, settleRun(run, end, engine.tables));
  atOnce.now -= 1;
  return await read<RunItem>(engine.tables.PROVISIONING_RUNS_TABLE, { runId });
}

function dependencies(): WaveDependencies {
  const clock = () => new Date();
  const { documents, tables } = engine;
  return {
    documents,
    tables,
    clock,
    runs: { tables, clock, createRunId: createId, region: 'us-east-1' },
    performRun,
    raisedAlarms: async () => alarms,
    watchFor: 0,
    sleep: () => new Promise((resolve) => setTimeout(resolve, 5)),
  };
}

const wave = (name: Wave, attempt = 1, with_ = dependencies()) => runWave({ rolloutId, wave: name, attempt }, with_);

async function rollout(): Promise<RolloutItem> {
  const item = await readRollout(rolloutId, dependencies());
  if (!item) throw new Error('No rollout');
  return item;
}

const silos = [1, 2, 3, 4, 5].map(siloId);
const [one = '', two = '', three = '', four = ''] = silos;

test('a wave updates its stacks, so many at a time; the last ends the rollout and frees the place', async () => {
  await given([aStack('pooled'), ...silos.map((id) => aStack(id))]);
  expect(await wave('CANARY')).toBe('DONE');
  expect(await wave('POOLED')).toBe('DONE');
  expect((await row('pooled')).release).toBe(newRelease);
  expect((await row(one)).release).toBe(oldRelease);
  expect(await readActiveRollout(dependencies())).toMatchObject({ rolloutId });
  atOnce.most = 0;
  during = () => new Promise((resolve) => setTimeout(resolve, 200));

  expect(await wave('REST')).toBe('DONE');
  expect(atOnce.most).toBe(2);
  for (const id of silos) expect(await row(id)).toMatchObject({ release: newRelease, status: 'ACTIVE' });
  expect((await rollout()).status).toBe('SUCCEEDED');
  expect(await readActiveRollout(dependencies())).toBeUndefined();
  const { runId = '' } = stackOf(await rollout(), 'REST', one);
  expect(await read(engine.tables.PROVISIONING_RUNS_TABLE, { runId })).toMatchObject({ action: 'UPDATE', rolloutId });
});

test('a stack that fails beyond tolerance halts the wave and brings it all back', async () => {
  refused.add(`${newRelease} ${three}`);
  // What is under way beside the one that fails ends after it, so that one is left that was never begun.
  during = async ({ tenantId, release }) => {
    if (tenantId === four && release === newRelease)
      await vi.waitFor(async () => expect((await rollout()).ending).toBeDefined(), { timeout: 10_000 });
  };
  await given(silos.map((id) => aStack(id)));
  expect(await wave('REST')).toBe('ENDED');
  const ended = await rollout();
  expect(ended).toMatchObject({ status: 'HALTED', failure: `REST: ${three}: SMOKE_CHECK: it smokes` });
  expect(waveOf(ended, 'REST').status).toBe('ROLLED_BACK');
  for (const id of silos) expect(await row(id)).toMatchObject({ release: oldRelease, status: 'ACTIVE' });
  expect(waveOf(ended, 'REST').stacks.map(({ status }) => status)).toContain('SKIPPED');
  expect(await readActiveRollout(dependencies())).toBeUndefined();
});

test('a stack that fails within tolerance goes back by itself, and holds nobody up', async () => {
  refused.add(`${newRelease} ${two}`);
  await given(
    silos.map((id) => aStack(id)),
    { tolerateFailures: 1 },
  );
  expect(await wave('REST')).toBe('DONE');
  const done = await rollout();
  expect(done.status).toBe('SUCCEEDED');
  expect(stackOf(done, 'REST', two)).toMatchObject({ status: 'ROLLED_BACK', failure: 'SMOKE_CHECK: it smokes' });
  expect((await row(two)).release).toBe(oldRelease);
  expect((await row(three)).release).toBe(newRelease);
});

test('a stack that cannot go back either is told, and the others go back all the same', async () => {
  for (const release of [newRelease, oldRelease]) refused.add(`${release} ${two}`);
  await given([aStack(one), aStack(two)], { maxParallel: 1 });
  expect(await wave('REST')).toBe('ENDED');
  const ended = await rollout();
  expect(waveOf(ended, 'REST').status).toBe('FAILED');
  expect(stackOf(ended, 'REST', two)).toMatchObject({ status: 'FAILED', isStuck: true });
  expect(stackOf(ended, 'REST', one).status).toBe('ROLLED_BACK');
});

describe('an alarm', () => {
  const raised = (since: Date) => [{ name: `cotenant-tenant-${one}-ApiErrors`, reason: '3 errors', since }];

  test('that is raised after the update makes its stack a failed one', async () => {
    await given([aStack(one), aStack(two)]);
    during = async ({ release }) => void (alarms = release === newRelease ? raised(new Date()) : []);
    expect(await wave('REST')).toBe('ENDED');
    expect((await rollout()).failure).toContain('Alarm');
    for (const id of [one, two]) expect((await row(id)).release).toBe(oldRelease);
  });

  test('that was there before is not held against the release', async () => {
    await given([aStack(one)]);
    alarms = raised(new Date(Date.now() - 60_000));
    expect(await wave('REST')).toBe('DONE');
  });
});

test('an abortion in the middle finishes what runs, and brings back what was updated', async () => {
  await given(
    silos.map((id) => aStack(id)),
    { maxParallel: 1 },
  );
  during = async ({ tenantId }) => {
    if (tenantId !== two) return;
    await changeRollout(rolloutId, (now) => ({ rollout: endEarly(now, 'ABORTED', 'enough') }), dependencies());
  };
  expect(await wave('REST')).toBe('ENDED');
  const ended = await rollout();
  expect(ended).toMatchObject({ status: 'ABORTED', failure: 'enough' });
  const statuses = waveOf(ended, 'REST').stacks.map(({ status }) => status);
  expect(statuses).toEqual(['ROLLED_BACK', 'ROLLED_BACK', 'SKIPPED', 'SKIPPED', 'SKIPPED']);
});

test('tenants that come while it runs end on the release; those that go are skipped', async () => {
  const leaving = aStack(three, { status: 'DEPROVISIONING', currentRunId: 'other' });
  await given([aStack(one), aStack(two), aStack(three)]);
  await putStacks(engine, leaving);
  let looks = 0;
  const late = siloId(9);
  during = async ({ tenantId }) => {
    if (tenantId !== one) return;
    const { release: _release, ...inTheMaking } = aStack(late, { status: 'PROVISIONING', currentRunId: 'making' });
    await putStacks(engine, inTheMaking);
  };
  const sleep = async () => {
    looks += 1;
    if (looks === 2) await putStacks(engine, aStack(late));
  };
  expect(await wave('REST', 1, { ...dependencies(), sleep })).toBe('DONE');
  expect(stackOf(await rollout(), 'REST', late).status).toBe('SUCCEEDED');
  expect((await row(late)).release).toBe(newRelease);
  expect(stackOf(await rollout(), 'REST', three).status).toBe('SKIPPED');
});

test('a stack that another run has is waited for', async () => {
  await given([aStack(one)]);
  await putStacks(engine, aStack(one, { currentRunId: 'other' }));
  const sleep = () => putStacks(engine, aStack(one));
  expect(await wave('REST', 1, { ...dependencies(), sleep })).toBe('DONE');
  expect((await row(one)).release).toBe(newRelease);
});

test('a build of an attempt that was given up writes nothing more', async () => {
  await given([aStack(one)], { attempt: 2 });
  await expect(wave('REST', 1)).rejects.toThrow(SupersededBuildError);
  expect(await rollout()).toMatchObject({ version: 1 });
});

test.each([
  ['that goes well', []],
  ['that halts', [`${newRelease} ${two}`]],
])(
  'killed after any of its calls, a wave %s is taken up and ends the same',
  async (_name, failing) => {
    const stacks = [one, two].map((id) => aStack(id));
    let isKilled = true;
    for (let calls = 1; isKilled; calls += 1) {
      await given(stacks);
      refused = new Set(failing);
      const { documents } = engine;
      const dying = { ...dependencies(), documents: crashAfter(calls)(documents) };
      isKilled = await wave('REST', 1, dying).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error;
          return true;
        },
      );
      const after = await rollout();
      await documents.send(
        new PutCommand({ TableName: engine.tables.ROLLOUTS_TABLE, Item: { ...after, attempt: 2, version: 1000 } }),
      );
      await wave('REST', 2);
      const ended = await rollout();
      expect(ended.status).toBe(failing.length > 0 ? 'HALTED' : 'SUCCEEDED');
      for (const { tenantId } of stacks) {
        const { release, status, currentRunId } = await row(tenantId);
        expect([tenantId, release, status, currentRunId]).toEqual([
          tenantId,
          failing.length > 0 ? oldRelease : newRelease,
          'ACTIVE',
          undefined,
        ]);
      }
    }
  },
  60_000,
);
