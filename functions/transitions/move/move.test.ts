import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type MoveScene, startMoveScene } from '../testing/move-scene.ts';
import { ride, tell } from '../testing/moves.ts';
import { start, type World } from '../testing/world.ts';

let scene: MoveScene;
let world: World;
let tenantId: string;
beforeAll(async () => {
  scene = await startMoveScene();
  ({ world } = scene);
});
afterAll(() => world.stop());
beforeEach(async () => {
  tenantId = await scene.next();
});

const there = [
  ...['PROVISION', 'COPY_USERS', 'COPY_DATA', 'HOLD_WRITES', 'COPY_CHANGES', 'VERIFY', 'SWITCH_USERS', 'CUT_OVER'],
  ...['INVITE_USERS', 'CONFIRM'],
];
const undone = ['ROLL_BACK', 'REMOVE_STACK', 'REMOVE_DATA', 'REMOVE_USERS'];
const removal = ['REMOVE_STACK', 'REMOVE_DATA', 'REMOVE_USERS'];

test('goes from step to step; people keep their ids, and are mailed once the new stack works', async () => {
  const rows = await scene.given();
  const before = (await scene.members()).map(({ userId }) => userId);
  const mails: number[] = [];
  const steps = await ride(world, tenantId, {
    before: (step) => {
      if (step === 'INVITE_USERS') mails.push(...scene.inSilo().map(({ invitations }) => invitations));
      return Promise.resolve();
    },
  });
  expect(steps).toEqual(there);
  await scene.expectMoved(rows);
  expect(mails).toEqual([0, 0]);
  expect(scene.inSilo().map(({ invitations }) => invitations)).toEqual([1, 1]);
  expect((await scene.members()).map(({ userId, status }) => ({ userId, status }))).toEqual(
    before.map((userId) => ({ userId, status: 'INVITED' })),
  );
  // The source stays until somebody says so.
  expect(await scene.copyIn(world.data)).toEqual(rows);
  expect(scene.inPool()).toHaveLength(2);
  expect(await world.actions(tenantId)).toEqual(['moveTenant']);

  await tell(world, tenantId, 'confirmedBy');
  expect(await ride(world, tenantId)).toEqual(['CONFIRM', ...removal]);
  expect(await scene.copyIn(world.data)).toEqual([]);
  expect(await scene.copyIn(world.siloData)).toEqual(rows);
  expect(scene.inPool()).toEqual([]);
  expect(scene.inSilo()).toHaveLength(2);
  expect(await scene.claims()).toEqual([`EMAIL#${tenantId}`, `EMAIL#${tenantId}`, `SLUG#${tenantId.toLowerCase()}`]);
  expect(await world.tenant(tenantId)).toMatchObject({ move: { status: 'COMPLETED', step: 'DONE' } });
});

test('what is written, changed and deleted until writes are held is in the new stack too', async () => {
  await scene.given(1200);
  const { orders } = world.data;
  await ride(world, tenantId, {
    before: async (step) => {
      if (step !== 'HOLD_WRITES') return;
      const shardId = `${tenantId}#0`;
      await world.put(orders, { shardId, orderId: 'O0', tenantId, total: 99 });
      await world.put(orders, { shardId, orderId: 'A-NEW', tenantId, total: 1 });
      await world.put(orders, { shardId, orderId: 'Z-NEW', tenantId, total: 2 });
      for (const orderId of ['O2', 'O600', 'O998']) await world.remove(orders, { shardId, orderId });
    },
  });
  expect(await scene.copyIn(world.siloData)).toHaveLength(2400 - 1);
  await scene.expectMoved(await scene.copyIn(world.data));
}, 60_000);

test('writes are held until the last that was admitted has ended, and no longer than ten seconds for it', async () => {
  await scene.given();
  const item = await scene.gate();
  await world.put(world.tables.GATES_TABLE, { ...item, freeAt: start.getTime() * 1000 + 60_000_000 });
  const held: number[] = [];
  await ride(world, tenantId, {
    before: async (step) => {
      if (step === 'HOLD_WRITES') expect(await scene.gate()).not.toHaveProperty('writesHeldSince');
      if (step !== 'COPY_CHANGES') return;
      held.push(world.now.getTime() - Date.parse((await scene.gate())?.writesHeldSince ?? ''));
    },
  });
  expect(held).toEqual([10_000]);
});

describe('undone', () => {
  test('where the copies differ: writes go on, nothing is left, and the tenant says why', async () => {
    const rows = await scene.given();
    const steps = await ride(world, tenantId, {
      before: async (step) => {
        if (step !== 'VERIFY') return;
        await world.remove(world.siloData.orders, { shardId: `${tenantId}#0`, orderId: 'O0' });
      },
    });
    expect(steps).toEqual([...there.slice(0, 6), ...undone]);
    await scene.expectAtHome(rows, 'FAILED');
    const tenant = await world.tenant(tenantId);
    expect(tenant?.move?.failure).toMatch(/^VERIFY: CopiesDifferError: The copies of orders differ.* 4 rows.* 3 rows/);
  });

  test('where one value differs', async () => {
    const rows = await scene.given();
    await ride(world, tenantId, {
      before: async (step) => {
        if (step !== 'VERIFY') return;
        const row = { shardId: `${tenantId}#0`, productId: 'P0', tenantId, name: 'Lamp', stock: 1 };
        await world.put(world.siloData.products, row);
      },
    });
    await scene.expectAtHome(rows, 'FAILED');
  });

  test('where the pipeline cannot make the stack', async () => {
    const rows = await scene.given();
    await ride(world, tenantId, { pipeline: 'FAILED' });
    await scene.expectAtHome(rows, 'FAILED');
  });

  test('where somebody else has an address in the new stack', async () => {
    const rows = await scene.given();
    const claim = `EMAIL#${tenantId}#bob@${tenantId.toLowerCase()}.example`;
    await world.put(world.tables.TENANTS_TABLE, { tenantId: claim, owner: 'OTHER' });
    await ride(world, tenantId);
    await scene.expectAtHome(rows, 'FAILED');
    expect(await world.tenant(claim)).toMatchObject({ owner: 'OTHER' });
  });

  test.each(['COPY_USERS', 'COPY_CHANGES', 'CUT_OVER'] as const)('by an operator at %s', async (at) => {
    const rows = await scene.given();
    await ride(world, tenantId, {
      before: (step) => (step === at ? tell(world, tenantId, 'revertBy') : Promise.resolve()),
    });
    await scene.expectAtHome(rows, 'FAILED');
  });

  test('where a step keeps failing while writes are held, within a minute', async () => {
    const rows = await scene.given();
    const dependencies = { ...world.dependencies(), tenantSession: failing };
    let heldFrom = 0;
    await ride(world, tenantId, {
      before: (step) => {
        if (step === 'HOLD_WRITES') heldFrom = world.now.getTime();
        if (step === 'COPY_CHANGES') isBroken = true;
        if (step === 'ROLL_BACK') isBroken = false;
        if (step === 'ROLL_BACK') expect(world.now.getTime() - heldFrom).toBeLessThan(60_000);
        return Promise.resolve();
      },
      dependencies,
    });
    await scene.expectAtHome(rows, 'FAILED');
  });

  let isBroken = false;
  const failing = () => (isBroken ? Promise.reject(new Error('No session')) : Promise.resolve(world.documents));
});

describe('reverted after the cut-over', () => {
  test('the tenant is back with what it wrote meanwhile; people sign in as they did before', async () => {
    await scene.given();
    await ride(world, tenantId);
    await world.put(world.siloData.orders, { shardId: `${tenantId}#1`, orderId: 'LATER', tenantId, total: 5 });
    await world.remove(world.siloData.orders, { shardId: `${tenantId}#0`, orderId: 'O0' });
    const rows = await scene.copyIn(world.siloData);
    await tell(world, tenantId, 'revertBy');
    expect(await ride(world, tenantId)).toEqual(['CONFIRM', ...there.slice(1, -1), ...removal]);
    await scene.expectAtHome(rows, 'REVERTED');
    expect(scene.inPool().map(({ invitations }) => invitations)).toEqual([1, 1]);
  });

  test('a return that fails leaves the tenant in the new stack, to be confirmed or reverted again', async () => {
    const rows = await scene.given();
    await ride(world, tenantId);
    await tell(world, tenantId, 'revertBy');
    await ride(world, tenantId, {
      before: async (step) => {
        if (step === 'VERIFY') await world.empty(world.data.orders, 'orderId');
      },
    });
    await scene.expectMoved(rows);
    const { failure } = (await world.tenant(tenantId))?.move ?? {};
    expect(failure).toMatch(/^VERIFY: CopiesDifferError/);
    await tell(world, tenantId, 'revertBy');
    await ride(world, tenantId);
    await scene.expectAtHome(rows, 'REVERTED');
    expect((await world.tenant(tenantId))?.move).not.toHaveProperty('failure');
  }, 60_000);

  test('a move whose return failed and that is confirmed then is a move that went well', async () => {
    await scene.given();
    await ride(world, tenantId);
    await tell(world, tenantId, 'revertBy');
    await ride(world, tenantId, {
      before: async (step) => {
        if (step === 'VERIFY') await world.empty(world.data.orders, 'orderId');
      },
    });
    expect((await world.tenant(tenantId))?.move?.failure).toBeDefined();
    await tell(world, tenantId, 'confirmedBy');
    await ride(world, tenantId);
    const { move } = (await world.tenant(tenantId)) ?? {};
    expect(move).toMatchObject({ status: 'COMPLETED', step: 'DONE' });
    expect(move).not.toHaveProperty('failure');
  }, 60_000);
});

test('limits that an operator sets at the very moment of the cut-over are kept, in the tenant and at its gate', async () => {
  await scene.given();
  const own = { requestsPerSecond: 77, burst: 77, requestsPerDay: 7777, requestsPerMonth: 77_777 };
  const { tables } = world;
  let isAtCutOver = false;
  /** As setTenantLimits does, once the step has read the tenant. */
  const setLimits = async () => {
    isAtCutOver = false;
    await world.put(tables.TENANTS_TABLE, { ...(await world.tenant(tenantId)), limits: own, hasOwnLimits: true });
    await world.put(tables.GATES_TABLE, { ...(await scene.gate()), ...own });
  };
  const send = async (command: { readonly input: { readonly TableName?: string } }) => {
    if (isAtCutOver && command.input.TableName === tables.TENANT_STACK_MAPPING_TABLE) await setLimits();
    return world.documents.send(command as never);
  };
  const documents = { send } as unknown as World['documents'];
  await ride(world, tenantId, {
    dependencies: { ...world.dependencies(), documents },
    before: (step) => Promise.resolve((isAtCutOver = step === 'CUT_OVER')),
  });
  const expected = { stack: tenantId, tier: 'PLATINUM', limits: own, hasOwnLimits: true };
  expect(await world.tenant(tenantId)).toMatchObject({ ...expected, move: { status: 'WAITING_FOR_CONFIRMATION' } });
  expect((await world.tenant(tenantId))?.move).not.toHaveProperty('failure');
  expect(await scene.gate()).toMatchObject({ stack: tenantId, ...own });
});

test('a source that changed after it was verified is not removed', async () => {
  await scene.given();
  await ride(world, tenantId);
  await world.put(world.data.orders, { shardId: `${tenantId}#0`, orderId: 'STRAY', tenantId, total: 5 });
  await tell(world, tenantId, 'confirmedBy');
  await world.run(tenantId, world.now);
  expect(await scene.copyIn(world.data)).toHaveLength(15);
  expect(await world.tenant(tenantId)).toMatchObject({
    move: { step: 'CONFIRM', failure: expect.stringContaining('SourceChangedError') as string },
  });
});

test('where the tenant lives, nothing is ever removed', async () => {
  const rows = await scene.given();
  const move = await world.transition(tenantId);
  await world.put(world.tables.TRANSITIONS_TABLE, { ...move, step: 'REMOVE_DATA' });
  await world.run(tenantId, world.now);
  expect(await scene.copyIn(world.data)).toEqual(rows);
});

test('a user who is shut out stays so, wherever', async () => {
  await scene.given();
  const [first] = await scene.members();
  await world.put(world.tables.TENANT_USERS_TABLE, { ...first, status: 'DISABLED' });
  await ride(world, tenantId);
  const member = (await scene.members()).find(({ userId }) => userId === first?.userId);
  expect(member).toMatchObject({ status: 'DISABLED' });
  expect(world.siloCognito.users.get(member?.sub ?? '')).toMatchObject({ enabled: false, invitations: 0 });
});

describe('a user who was shut out before a move and let in again after it', () => {
  /** Up to the return, with one member let in again as enableUser does it: in the pool of the stack where the tenant lives. */
  async function givenReturn(): Promise<string> {
    await scene.given();
    const [member] = await scene.members();
    const { userId = '' } = member ?? {};
    const account = world.cognito.users.get(userId);
    if (!account) throw new Error('The member has no account');
    account.enabled = false;
    await world.put(world.tables.TENANT_USERS_TABLE, { ...member, status: 'DISABLED' });
    await ride(world, tenantId);
    const moved = await memberOf(userId);
    const there = world.siloCognito.users.get(moved?.sub ?? '');
    if (!there) throw new Error('The member has no account in the silo');
    there.enabled = true;
    await world.put(world.tables.TENANT_USERS_TABLE, { ...moved, status: 'INVITED' });
    await tell(world, tenantId, 'revertBy');
    return userId;
  }
  const memberOf = async (userId: string) => (await scene.members()).find((member) => member.userId === userId);

  test('may sign in after the return', async () => {
    const userId = await givenReturn();
    await ride(world, tenantId);
    expect(await memberOf(userId)).toMatchObject({ sub: userId, status: 'ACTIVE' });
    expect(world.cognito.users.get(userId)).toMatchObject({ enabled: true, invitations: 1 });
  });

  test('stays shut out if that is said once more at that moment', async () => {
    const userId = await givenReturn();
    let isSaid = false;
    const shutOut = async () => {
      isSaid = true;
      await world.put(world.tables.TENANT_USERS_TABLE, { ...(await memberOf(userId)), status: 'DISABLED' });
    };
    const dependencies = world.dependencies();
    const { cognito } = dependencies;
    const send = async (command: { readonly constructor: { readonly name: string } }) => {
      if (command.constructor.name === 'AdminEnableUserCommand' && !isSaid) await shutOut();
      return cognito.send(command as never);
    };
    await ride(world, tenantId, { dependencies: { ...dependencies, cognito: { send } as unknown as typeof cognito } });
    expect(await memberOf(userId)).toMatchObject({ sub: userId, status: 'DISABLED' });
    expect(world.cognito.users.get(userId)).toMatchObject({ enabled: false });
  });
});
