import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../layer/clock.ts';
import { changeRollout, readActiveRollout, readRollout } from '../layer/rollouts/rollout-store.ts';
import { type RolloutItem, waveOf } from '../layer/rollouts/rollout.ts';
import { approveWave, endEarly, startWave } from '../layer/rollouts/wave-steps.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { aRollout, aStack, putActive, siloId } from '../layer/testing/rollouts.ts';
import type { Dependencies } from './dependencies.ts';
import { driveRollout } from './drive-rollout.ts';
import { isDriving } from './is-driving.ts';
import { createFakePipeline, type FakePipeline } from './testing/fake-pipeline.ts';

let engine: TestTables;
let pipeline: FakePipeline;
let dependencies: Dependencies;

beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());
beforeEach(() => {
  pipeline = createFakePipeline();
  const { documents, tables } = engine;
  dependencies = { documents, tables, clock: systemClock, pipeline: pipeline.client, pipelineName: 'rollouts' };
});

const drive = () => driveRollout(dependencies)();
const { rolloutId } = aRollout([]);

async function given(of: Partial<RolloutItem> = {}): Promise<void> {
  await putActive(engine, aRollout([aStack('pooled'), aStack(siloId(1))], of));
}

async function rollout(): Promise<RolloutItem> {
  const item = await readRollout(rolloutId, dependencies);
  if (!item) throw new Error('No rollout');
  return item;
}

const needing = (wave: string) => {
  const { waves } = aRollout([aStack('pooled'), aStack(siloId(1))]);
  return { waves: waves.map((item) => ({ ...item, needsApproval: item.wave === wave })) };
};

test('starts the pipeline once, however often it looks', async () => {
  await given();
  await Promise.all([drive(), drive(), drive()]);
  await drive();
  expect(pipeline.executions).toEqual([
    { id: 'execution-1', token: `${rolloutId}-1`, variables: { ROLLOUT_ID: rolloutId, ATTEMPT: '1' } },
  ]);
  expect((await rollout()).executionId).toBe('execution-1');
});

test('approves a wave that asks for nobody at once', async () => {
  await given();
  await drive();
  pipeline.waitAt('POOLED');
  await drive();
  expect(pipeline.answers).toEqual([{ stage: 'POOLED', status: 'Approved' }]);
  expect((await rollout()).status).toBe('RUNNING');
});

test('lets a wave wait that asks for a person, and tells the pipeline once that person has spoken', async () => {
  await given(needing('POOLED'));
  await drive();
  pipeline.waitAt('POOLED');
  await drive();
  await drive();
  expect(pipeline.answers).toEqual([]);
  expect((await rollout()).status).toBe('WAITING_FOR_APPROVAL');
  await changeRollout(rolloutId, (now) => ({ rollout: approveWave(now, 'POOLED', 'ann@example.com') }), dependencies);
  await drive();
  expect(pipeline.answers).toEqual([{ stage: 'POOLED', status: 'Approved' }]);
});

test('refuses the approval of a rollout that was aborted, and settles it', async () => {
  await given(needing('POOLED'));
  await drive();
  pipeline.waitAt('POOLED');
  await drive();
  await changeRollout(rolloutId, (now) => ({ rollout: endEarly(now, 'ABORTED', 'enough') }), dependencies);
  await drive();
  expect(pipeline.answers).toEqual([{ stage: 'POOLED', status: 'Rejected' }]);
  expect(await rollout()).toMatchObject({ status: 'ABORTED', failure: 'enough' });
  expect(await readActiveRollout(dependencies)).toBeUndefined();
});

test.each(['POOLED', 'REST'] as const)(
  'lets an execution that follows a lost one through to wave %s, which is to be brought back',
  async (wave) => {
    await given();
    await drive();
    await changeRollout(
      rolloutId,
      (now) => ({ rollout: endEarly(startWave(now, wave, 'now'), 'ABORTED', 'enough') }),
      dependencies,
    );
    pipeline.end('Failed');
    await drive();
    await drive();
    for (const stage of ['CANARY', wave]) {
      pipeline.waitAt(stage);
      await drive();
    }
    expect(pipeline.answers).toEqual(['CANARY', wave].map((stage) => ({ stage, status: 'Approved' })));
    const ending = await rollout();
    expect(ending).toMatchObject({ status: 'RUNNING', ending: 'ABORTED', attempt: 2 });
    expect(waveOf(ending, wave).status).toBe('RUNNING');
  },
);

test('settles a rollout that was aborted, where it died after it had told the pipeline', async () => {
  await given({ ending: 'ABORTED', failure: 'enough' });
  await drive();
  pipeline.end('Failed');
  await drive();
  expect((await rollout()).status).toBe('ABORTED');
});

test('an approval that was answered before is no fault', async () => {
  await given();
  await drive();
  pipeline.waitAt('POOLED');
  pipeline.refusal = 'ApprovalAlreadyCompletedException';
  await drive();
  pipeline.refusal = 'InternalError';
  await expect(drive()).rejects.toThrow('InternalError');
});

describe('an execution that was lost', () => {
  test('is followed by another, which takes up where it was', async () => {
    await given();
    await drive();
    await changeRollout(rolloutId, (now) => ({ rollout: startWave(now, 'POOLED', 'now') }), dependencies);
    pipeline.end('Failed');
    await drive();
    await drive();
    expect(pipeline.executions.map(({ token }) => token)).toEqual([`${rolloutId}-1`, `${rolloutId}-2`]);
    expect(await rollout()).toMatchObject({ attempt: 2, executionId: 'execution-2', status: 'RUNNING' });
  });

  test('again and again halts the rollout, brings the wave back, and then tells how it stands', async () => {
    await given();
    await drive();
    await changeRollout(rolloutId, (now) => ({ rollout: startWave(now, 'POOLED', 'now') }), dependencies);
    for (let lost = 1; lost <= 3; lost += 1) {
      pipeline.end('Failed');
      await drive();
      await drive();
    }
    expect(await rollout()).toMatchObject({ status: 'RUNNING', ending: 'HALTED', attempt: 4 });
    for (let lost = 4; lost <= 6; lost += 1) {
      pipeline.end('Stopped');
      await drive();
      await drive();
    }
    const settled = await rollout();
    expect(settled.status).toBe('HALTED');
    expect(settled.failure).toContain('ended Failed 3 times');
    expect(waveOf(settled, 'REST').status).toBe('SKIPPED');
    expect(pipeline.executions).toHaveLength(6);
  });
});

test('what a build writes of its stacks drives nothing', () => {
  const before = { ...aRollout([aStack('pooled')]) };
  const change = (after: RolloutItem) => ({ eventId: 'e', changedAt: new Date(), before, after: { ...after } });
  expect(isDriving(change(startWave(before, 'POOLED', 'now')))).toBe(false);
  expect(isDriving(change(endEarly(before, 'ABORTED', 'enough')))).toBe(true);
  expect(isDriving(change(approveWave(before, 'POOLED', 'ann')))).toBe(true);
  expect(isDriving({ eventId: 'e', changedAt: new Date(), after: { ...before } })).toBe(true);
  expect(isDriving({ eventId: 'e', changedAt: new Date(), after: { rolloutId: 'TOKEN#x', names: 'y' } })).toBe(false);
});
