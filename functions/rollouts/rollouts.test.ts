import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Rollout, StartRolloutInput, UserError, Wave } from '../../generated/control-plane.ts';
import { systemClock } from '../layer/clock.ts';
import type { OperatorIdentity } from '../layer/field-call.ts';
import { ulids } from '../layer/ids.ts';
import { changeRollout } from '../layer/rollouts/rollout-store.ts';
import { waveOf } from '../layer/rollouts/rollout.ts';
import { endEarly, settleEarly, waitForApproval } from '../layer/rollouts/wave-steps.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { aStack, newRelease, oldRelease, putStacks, siloId } from '../layer/testing/rollouts.ts';
import type { Dependencies } from './dependencies.ts';
import { NotSystemAdminError } from './dependencies.ts';
import { resolveRollouts } from './resolve-rollouts.ts';

interface Payload {
  readonly rollout: Rollout | null;
  readonly userErrors: readonly UserError[];
}

const ann: OperatorIdentity = { role: 'SYSTEM_ADMIN', userId: 'ann', email: 'ann@example.com' };
const canary = siloId(1);

let engine: TestTables;
let dependencies: Dependencies;
let count = 0;

beforeAll(async () => {
  engine = await startTables();
  dependencies = {
    documents: engine.documents,
    tables: engine.tables,
    clock: systemClock,
    createId: ulids(),
  };
  await engine.documents.send(
    new PutCommand({ TableName: engine.tables.RELEASES_TABLE, Item: { release: newRelease, listing: 'RELEASE' } }),
  );
  await putStacks(engine, aStack('pooled'), aStack(canary, { wave: 'CANARY' }), aStack(siloId(2)));
});
afterAll(() => engine.stop());

const ask = (field: string, input: object, identity = ann) =>
  resolveRollouts(dependencies)({ field, arguments: { input }, identity }) as Promise<Payload>;
const codesOf = ({ userErrors }: Payload) => userErrors.map(({ code, field }) => [code, field]);

function anOrder(given: Partial<StartRolloutInput> = {}): StartRolloutInput {
  count += 1;
  return { release: newRelease, clientToken: `token-${count}-x`, ...given };
}

async function audited(): Promise<string[]> {
  const { Items: items = [] } = await engine.documents.send(
    new ScanCommand({ TableName: engine.tables.AUDIT_LOG_TABLE }),
  );
  return items.map((item) => `${String(item['actorEmail'] ?? item['actor'])} ${String(item['action'])}`);
}

async function started(given: Partial<StartRolloutInput> = {}): Promise<Rollout> {
  const { rollout, userErrors } = await ask('startRollout', anOrder(given));
  if (!rollout) throw new Error(JSON.stringify(userErrors));
  return rollout;
}

/** Nothing is under way before each test. */
beforeEach(async () => {
  const { Items: items = [] } = await engine.documents.send(
    new ScanCommand({ TableName: engine.tables.ROLLOUTS_TABLE }),
  );
  for (const { rolloutId, status } of items) {
    if (status === 'RUNNING' || status === 'WAITING_FOR_APPROVAL') await end(String(rolloutId));
  }
});

const end = (rolloutId: string) =>
  changeRollout(
    rolloutId,
    (rollout) => ({ rollout: settleEarly(endEarly(rollout, 'HALTED', 'for the test'), 'now') }),
    dependencies,
  );
const waits = (rolloutId: string, wave: Wave) =>
  changeRollout(rolloutId, (rollout) => ({ rollout: waitForApproval(rollout, wave) }), dependencies);

describe('startRollout', () => {
  test('plans the waves from the mapping, and is written down', async () => {
    const rollout = await started({ approveWaves: ['POOLED'] });
    expect(rollout).toMatchObject({ release: newRelease, status: 'RUNNING', startedBy: 'ann@example.com' });
    expect(rollout.waves[0]).toMatchObject({ wave: 'CANARY', stacks: [{ tenantId: canary, fromRelease: oldRelease }] });
    expect(rollout.waves.map(({ needsApproval }) => needsApproval)).toEqual([false, true, false, false]);
    expect(await audited()).toContain('ann@example.com startRollout');
  });

  test('answers a repeated call with the same rollout, also when that has ended', async () => {
    const order = anOrder();
    const answers = await Promise.all([1, 2, 3].map(() => ask('startRollout', order)));
    const ids = new Set(answers.map(({ rollout }) => rollout?.id));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    await end(id ?? '');
    expect((await ask('startRollout', order)).rollout).toMatchObject({ id, status: 'HALTED' });
  });

  test('refuses a token that was used for something else', async () => {
    const order = anOrder();
    await ask('startRollout', order);
    const other = await ask('startRollout', { ...order, maxParallel: 7 });
    expect(codesOf(other)).toEqual([['CLIENT_TOKEN_REUSED', 'clientToken']]);
  });

  test('refuses a second while one is under way, and takes one after its end', async () => {
    const first = await started();
    const second = await ask('startRollout', anOrder());
    expect(codesOf(second)).toEqual([['INVALID_STATE', null]]);
    expect(second.userErrors[0]?.message).toContain(first.id);
    await end(first.id);
    expect((await ask('startRollout', anOrder())).rollout?.status).toBe('RUNNING');
  });

  test('of many at the same moment takes one', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('startRollout', anOrder())));
    expect(answers.filter(({ rollout }) => rollout)).toHaveLength(1);
  });

  test('says all that is wrong at once, and which release there is not', async () => {
    const bad = await ask('startRollout', {
      release: '../x',
      clientToken: 'short',
      maxParallel: 0,
      tolerateFailures: -1,
    });
    expect(bad.userErrors.map(({ field }) => field)).toEqual([
      'clientToken',
      'release',
      'maxParallel',
      'tolerateFailures',
    ]);
    expect(codesOf(await ask('startRollout', anOrder({ release: 'none' })))).toEqual([['NOT_FOUND', 'release']]);
  });
});

describe('approveWave', () => {
  test('lets the wave go on that waits, once', async () => {
    const { id } = await started({ approveWaves: ['POOLED'] });
    await waits(id, 'POOLED');
    const { rollout } = await ask('approveWave', { rolloutId: id, wave: 'POOLED' });
    expect(rollout?.status).toBe('RUNNING');
    expect(rollout?.waves[1]).toMatchObject({ status: 'PENDING', approvedBy: 'ann@example.com' });
    const again = await ask('approveWave', { rolloutId: id, wave: 'POOLED' });
    expect(again.userErrors[0]).toMatchObject({ code: 'INVALID_STATE', field: 'wave' });
    expect(again.userErrors[0]?.message).toContain('approved already, by ann@example.com');
    expect(await audited()).toContain('ann@example.com approveWave');
  });

  test('of two at the same moment takes one', async () => {
    const { id } = await started({ approveWaves: ['POOLED'] });
    await waits(id, 'POOLED');
    const both = await Promise.all([1, 2].map(() => ask('approveWave', { rolloutId: id, wave: 'POOLED' })));
    expect(both.filter(({ rollout }) => rollout)).toHaveLength(1);
  });

  test('refuses another wave than the one that waits, and rollouts that end or are not there', async () => {
    const { id } = await started({ approveWaves: ['POOLED', 'REST'] });
    await waits(id, 'POOLED');
    const other = await ask('approveWave', { rolloutId: id, wave: 'REST' });
    expect(other.userErrors[0]?.message).toContain('the wave that waits for approval is POOLED');
    await changeRollout(id, (rollout) => ({ rollout: endEarly(rollout, 'ABORTED', 'enough') }), dependencies);
    expect(codesOf(await ask('approveWave', { rolloutId: id, wave: 'POOLED' }))).toEqual([['INVALID_STATE', 'wave']]);
    for (const rolloutId of ['none', 'ACTIVE', 'TOKEN#token-1-x']) {
      expect(codesOf(await ask('approveWave', { rolloutId, wave: 'POOLED' }))).toEqual([['NOT_FOUND', 'rolloutId']]);
    }
  });
});

describe('abortRollout', () => {
  test('decides the end, and may be repeated', async () => {
    const { id } = await started();
    const first = await ask('abortRollout', { rolloutId: id, reason: ' looks wrong ' });
    expect(first.rollout).toMatchObject({ status: 'RUNNING', failure: 'Aborted by ann@example.com: looks wrong' });
    const again = await ask('abortRollout', { rolloutId: id, reason: 'other' });
    expect(again.rollout?.failure).toBe(first.rollout?.failure);
    expect((await audited()).filter((line) => line.endsWith('abortRollout'))).toHaveLength(1);
  });

  test('refuses what has ended, what is not there, and a reason that is no text', async () => {
    const { id } = await started();
    await end(id);
    expect(codesOf(await ask('abortRollout', { rolloutId: id }))).toEqual([['INVALID_STATE', 'rolloutId']]);
    expect(codesOf(await ask('abortRollout', { rolloutId: 'none' }))).toEqual([['NOT_FOUND', 'rolloutId']]);
    const bad = await ask('abortRollout', { rolloutId: id, reason: 'x'.repeat(301) });
    expect(codesOf(bad)).toEqual([['INVALID_INPUT', 'reason']]);
  });
});

test('the end of a rollout is written down, with the place of the one under way', async () => {
  const { id } = await started();
  const before = (await audited()).filter((line) => line === 'system endRollout').length;
  const ended = await end(id);
  expect(waveOf(ended, 'REST').status).toBe('SKIPPED');
  expect((await audited()).filter((line) => line === 'system endRollout')).toHaveLength(before + 1);
});

test.each(['startRollout', 'approveWave', 'abortRollout'])('%s is for system admins alone', async (field) => {
  const support: OperatorIdentity = { role: 'CUSTOMER_SUPPORT', userId: 'bob', email: 'bob@example.com' };
  await expect(ask(field, anOrder(), support)).rejects.toThrow(NotSystemAdminError);
});
