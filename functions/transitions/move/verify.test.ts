import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MoveItem } from '../../../schema/transition.ts';
import { crashAfter, Killed } from '../../layer/testing/crash-after.ts';
import { advance } from '../advance.ts';
import type { Progress, Situation } from '../dependencies.ts';
import { type MoveScene, startMoveScene } from '../testing/move-scene.ts';
import { ride, tell, workPipeline } from '../testing/moves.ts';
import type { World } from '../testing/world.ts';
import { addRows } from './sums.ts';
import { verify } from './verify.ts';

let scene: MoveScene;
let world: World;
let tenantId: string;
beforeAll(async () => {
  scene = await startMoveScene();
  ({ world } = scene);
});
afterAll(() => world.stop());

/** Some pages in each of the two shards of either table. */
const many = 24;
const inPages = () => ({ ...world.dependencies(), rowsAtATime: 5 });
const move = async () => (await world.transition(tenantId)) as MoveItem;

test('a sum is the same wherever its pages end, and another if a row is changed, missing or moved', () => {
  const [first, second, third] = ['a', 'b', 'c'].map((orderId) => ({ orderId, total: 1 }));
  if (!first || !second || !third) throw new Error('Three rows were made');
  const whole = addRows(undefined, [first, second, third]);
  expect(whole.items).toBe(3);
  expect(addRows(addRows(undefined, [first]), [second, third])).toEqual(whole);
  expect(addRows(addRows(addRows(undefined, [first, second]), []), [third])).toEqual(whole);
  expect(addRows(undefined, [{ total: 1, orderId: 'a' }, second, third])).toEqual(whole);
  for (const others of [
    [first, second],
    [first, third, second],
    [first, second, { ...third, total: 2 }],
  ]) {
    expect(addRows(undefined, others).sha256).not.toBe(whole.sha256);
  }
});

test('both copies are summed up page by page; killed between pages, somebody else goes on from there', async () => {
  tenantId = await scene.next();
  await scene.given(many);
  const places: string[] = [];
  let kills = 0;
  await ride(world, tenantId, {
    dependencies: inPages(),
    before: async (step) => {
      if (step !== 'VERIFY') return;
      for (let calls = 1; (await move()).step === 'VERIFY'; calls = (calls % 9) + 1) {
        const dying = crashAfter(calls);
        const dead = dying(world.documents);
        const doomed = { ...inPages(), documents: dead, tenantSession: () => Promise.resolve(dead) };
        const { step: at, cursor } = await move();
        if (at === 'VERIFY') places.push(`${cursor?.part ?? 'start'} ${cursor?.shard ?? 0} ${cursor?.after ?? ''}`);
        await advance(doomed)(tenantId).catch((error: unknown) => {
          expect(error).toBeInstanceOf(Killed);
          kills += 1;
        });
      }
    },
  });
  expect(kills).toBeGreaterThan(8);
  // Each place is gone on from, and none is gone back to.
  expect(new Set(places).size).toBe(12);
  expect(places.filter((place, index) => place !== places[index - 1])).toEqual([...new Set(places)]);
  const { step, copied } = await move();
  expect(step).toBe('CONFIRM');
  expect(copied).toMatchObject({ products: { items: many }, orders: { items: many } });
}, 60_000);

test('rows that the target has alone are removed a page a call, however many they are', async () => {
  tenantId = await scene.next();
  const rows = await scene.given();
  const strays = Array.from({ length: 12 }, (_, index) => ({ shardId: `${tenantId}#1`, orderId: `ZZ${10 + index}` }));
  let calls = 0;
  await ride(world, tenantId, {
    dependencies: inPages(),
    before: async (step) => {
      if (step !== 'COPY_CHANGES') return;
      for (const key of strays) await world.put(world.siloData.orders, { ...key, tenantId, total: 5 });
      for (; (await move()).step === 'COPY_CHANGES'; calls += 1) await advance(inPages())(tenantId);
    },
  });
  // Five rows a call: the strays alone are three pages.
  expect(calls).toBeGreaterThan(5);
  expect(await scene.copyIn(world.siloData)).toEqual(rows);
}, 60_000);

describe('a difference on a later page is found', () => {
  let situation: Situation<MoveItem>;
  let spoiled: string;
  beforeAll(async () => {
    tenantId = await scene.next();
    await scene.given(many);
    while ((await move()).step !== 'VERIFY') {
      const dueAt = await advance(inPages())(tenantId);
      if (dueAt && dueAt > world.now) world.now = dueAt;
      await workPipeline(world);
    }
    const tenant = await world.tenant(tenantId);
    if (!tenant) throw new Error('The tenant was made');
    situation = { transition: await move(), tenant };
    const orders = await world.all(world.data.orders);
    const inShard = orders.filter(({ shardId }) => shardId === `${tenantId}#1`).map(({ orderId }) => String(orderId));
    spoiled = inShard.sort()[8] ?? 'none';
  }, 60_000);

  /** All pages, one after the other. */
  async function verifyAll(): Promise<Progress<MoveItem>> {
    for (let { transition } = situation; ; ) {
      const progress = await verify({ ...situation, transition }, inPages());
      if (progress.step) return progress;
      transition = { ...transition, ...progress.set };
    }
  }

  test('and none where there is none', async () => {
    expect(await verifyAll()).toMatchObject({ step: 'SWITCH_USERS', set: { copied: { orders: { items: many } } } });
  });

  test.each([
    ['missing', () => spoiled, undefined],
    ['changed', () => spoiled, { total: 77 }],
    ['too many', () => `${spoiled}-`, { total: 5 }],
    ['after the last', () => 'ZZZ', { total: 5 }],
    ['before the first', () => '!', { total: 5 }],
  ])('a row that is %s', async (_what, named, change) => {
    const key = { shardId: `${tenantId}#1`, orderId: named() };
    const before = await world.get<object>(world.siloData.orders, key);
    if (change) await world.put(world.siloData.orders, { tenantId, ...before, ...key, ...change });
    else await world.remove(world.siloData.orders, key);
    await expect(verifyAll()).rejects.toThrow(/The copies of orders differ/);
    if (before) await world.put(world.siloData.orders, before);
    else await world.remove(world.siloData.orders, key);
  });
});

test('a source of many pages that changed is kept; once it is as it was verified, it is removed', async () => {
  tenantId = await scene.next();
  await scene.given(many);
  await ride(world, tenantId, { dependencies: inPages() });
  const stray = { shardId: `${tenantId}#0`, orderId: 'STRAY', tenantId, total: 5 };
  await world.put(world.data.orders, stray);
  await tell(world, tenantId, 'confirmedBy');
  while ((await move()).failure === undefined) await advance(inPages())(tenantId);
  expect((await move()).failure).toContain('SourceChangedError');
  expect(await scene.copyIn(world.data)).toHaveLength(2 * many + 1);
  await world.remove(world.data.orders, { shardId: stray.shardId, orderId: stray.orderId });
  await ride(world, tenantId, { dependencies: inPages() });
  expect(await scene.copyIn(world.data)).toEqual([]);
  expect(await world.tenant(tenantId)).toMatchObject({ move: { status: 'COMPLETED' } });
}, 60_000);
