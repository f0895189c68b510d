import { describe, expect, test } from 'vitest';
import type { RolloutStackStatus } from '../../../generated/control-plane.ts';
import { aRollout, aStack, newRelease, oldRelease, siloId } from '../testing/rollouts.ts';
import { nextTask } from './next-task.ts';
import { planWaves, withLateStacks } from './plan-waves.ts';
import { type RolloutItem, stackOf, waveOf, withStack, withWave } from './rollout.ts';
import { failRollback, failStack, finishRollback, startStack, succeedStack } from './stack-steps.ts';
import { approveWave, endEarly, finishWave, settleEarly, startWave, waitForApproval } from './wave-steps.ts';

const [one, two, three] = [siloId(1), siloId(2), siloId(3)];
const now = '2026-11-23T11:00:00.000Z';
const members = (rollout: RolloutItem) =>
  Object.fromEntries(rollout.waves.map(({ wave, stacks }) => [wave, stacks.map(({ tenantId }) => tenantId)]));

describe('the plan', () => {
  test('puts each stack into its wave, the pool into its own whatever its row says', () => {
    const rollout = aRollout([
      aStack('pooled', { wave: 'REST' }),
      aStack(one, { wave: 'CANARY' }),
      aStack(two, { wave: 'EARLY' }),
      aStack(three, { wave: 'POOLED' }),
    ]);
    expect(members(rollout)).toEqual({ CANARY: [one], POOLED: ['pooled'], EARLY: [two], REST: [three] });
    expect(stackOf(rollout, 'CANARY', one)).toEqual({ tenantId: one, status: 'PENDING', fromRelease: oldRelease });
  });

  test('leaves out empty waves, which ask for no approval either; never the last', () => {
    const waves = planWaves([aStack('pooled')], ['CANARY', 'POOLED', 'REST']);
    expect(waves.map(({ wave, status, needsApproval }) => [wave, status, needsApproval])).toEqual([
      ['CANARY', 'SKIPPED', false],
      ['POOLED', 'PENDING', true],
      ['EARLY', 'SKIPPED', false],
      ['REST', 'PENDING', true],
    ]);
  });

  test('leaves out what was never made and what is being removed; takes what failed to be updated', () => {
    const { release: _release, ...unmade } = aStack(one, { status: 'FAILED' });
    const rollout = aRollout([
      unmade,
      aStack(two, { status: 'DEPROVISIONING' }),
      aStack(three, { status: 'FAILED' }),
      aStack(siloId(4), { status: 'PROVISIONING' }),
    ]);
    expect(members(rollout)['REST']).toEqual([three]);
  });

  test('takes late stacks into the last wave, each once, and none that has the release', () => {
    const rollout = aRollout([aStack('pooled'), aStack(one)]);
    const late = withLateStacks(rollout, [aStack(one), aStack(two), aStack(three, { release: newRelease })]);
    expect(members(late)['REST']).toEqual([one, two]);
    expect(withLateStacks(late, [aStack(two)])).toBe(late);
  });
});

const rest = (given: Partial<RolloutItem> = {}) => aRollout([aStack(one), aStack(two), aStack(three)], given);
const withStatus = (rollout: RolloutItem, tenantId: string, status: RolloutStackStatus) =>
  withStack(rollout, 'REST', tenantId, { status, runId: 'run' });
const none = new Set<string>();

describe('the next task', () => {
  test('is what a dead build left running, before anything new', () => {
    expect(nextTask(withStatus(rest(), two, 'RUNNING'), 'REST', none)).toEqual({ kind: 'UPDATE', tenantId: two });
    expect(nextTask(rest(), 'REST', none)).toEqual({ kind: 'UPDATE', tenantId: one });
    expect(nextTask(rest(), 'REST', new Set([one]))).toEqual({ kind: 'UPDATE', tenantId: two });
  });

  test('is to bring a failed stack back, before the next is begun; not one that is stuck', () => {
    const failed = failStack(rest({ tolerateFailures: 1 }), 'REST', two, 'oh');
    expect(nextTask(failed, 'REST', none)).toEqual({ kind: 'ROLL_BACK', tenantId: two });
    const stuck = failRollback(failed, 'REST', two, 'no');
    expect(nextTask(stuck, 'REST', none)).toEqual({ kind: 'UPDATE', tenantId: one });
  });

  test('of a rollout that ends: running ones are finished, updated ones go back, the last first, nothing begins', () => {
    const updated = withStatus(withStatus(rest(), one, 'SUCCEEDED'), two, 'SUCCEEDED');
    const ending = endEarly(updated, 'ABORTED', 'so');
    expect(nextTask(ending, 'REST', none)).toEqual({ kind: 'ROLL_BACK', tenantId: two });
    expect(nextTask(withStatus(ending, three, 'RUNNING'), 'REST', none)).toEqual({ kind: 'UPDATE', tenantId: three });
    const back = finishRollback(finishRollback(ending, 'REST', one), 'REST', two);
    expect(nextTask(back, 'REST', none)).toBeUndefined();
  });

  test('of a rollout that ends leaves alone what had the release before', () => {
    const ending = endEarly(succeedStack(rest(), 'REST', one), 'HALTED', 'so');
    expect(nextTask(ending, 'REST', none)).toBeUndefined();
  });
});

describe('failures', () => {
  test('halt beyond what is tolerated, over all waves together; the first reason stays', () => {
    const first = failStack(rest({ tolerateFailures: 1 }), 'REST', one, 'first');
    expect(first.ending).toBeUndefined();
    const second = failStack(finishRollback(first, 'REST', one), 'REST', two, 'second');
    expect(second).toMatchObject({ ending: 'HALTED', failure: `REST: ${two}: second` });
    expect(failStack(second, 'REST', three, 'third').failure).toBe(second.failure);
  });

  test('of the pool halt whatever is tolerated', () => {
    const rollout = aRollout([aStack('pooled'), aStack(one)], { tolerateFailures: 100 });
    expect(failStack(rollout, 'POOLED', 'pooled', 'x').ending).toBe('HALTED');
    expect(failStack(rollout, 'REST', one, 'x').ending).toBeUndefined();
  });
});

describe('the end', () => {
  test('of the last wave is the rollout’s', () => {
    const rollout = aRollout([aStack('pooled'), aStack(one)]);
    expect(finishWave(rollout, 'POOLED', now).status).toBe('RUNNING');
    expect(finishWave(rollout, 'REST', now)).toMatchObject({ status: 'SUCCEEDED', finishedAt: now });
  });

  test('of a halted one: the wave is ROLLED_BACK, what was not begun SKIPPED, what is done stays', () => {
    const begun = startWave(aRollout([aStack('pooled'), aStack(one, { wave: 'CANARY' }), aStack(two)]), 'CANARY', now);
    const failed = failStack(startStack(begun, 'CANARY', one, 'run', now), 'CANARY', one, 'oh');
    const settled = settleEarly(finishRollback(failed, 'CANARY', one), now);
    expect(settled.status).toBe('HALTED');
    expect(settled.waves.map(({ status }) => status)).toEqual(['ROLLED_BACK', 'SKIPPED', 'SKIPPED', 'SKIPPED']);
    expect(stackOf(settled, 'POOLED', 'pooled').status).toBe('SKIPPED');
  });

  test('of one that could not be brought back says FAILED, and which stack needs a person', () => {
    const failed = failStack(startWave(rest(), 'REST', now), 'REST', one, 'oh');
    const settled = settleEarly(failRollback(failed, 'REST', one, 'no'), now);
    expect(waveOf(settled, 'REST').status).toBe('FAILED');
    expect(stackOf(settled, 'REST', one)).toMatchObject({ status: 'FAILED', failure: 'oh; not brought back: no' });
    expect(stackOf(settled, 'REST', two).status).toBe('SKIPPED');
  });

  test('of one whose builds were lost names what was under way', () => {
    const running = withStatus(startWave(rest(), 'REST', now), one, 'RUNNING');
    const settled = settleEarly(endEarly(running, 'HALTED', 'lost'), now);
    expect(stackOf(settled, 'REST', one)).toMatchObject({ status: 'FAILED', isStuck: true });
  });
});

test('a wave waits, and goes on with its approval', () => {
  const waiting = waitForApproval(rest(), 'REST');
  expect([waiting.status, waveOf(waiting, 'REST').status]).toEqual(['WAITING_FOR_APPROVAL', 'WAITING_FOR_APPROVAL']);
  const approved = approveWave(waiting, 'REST', 'ann@example.com');
  expect(approved.status).toBe('RUNNING');
  expect(waveOf(approved, 'REST')).toMatchObject({ status: 'PENDING', approvedBy: 'ann@example.com' });
  expect(withWave(approved, 'REST', {})).toEqual(approved);
});
