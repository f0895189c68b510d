import { expect } from 'vitest';
import type { GateItem } from '../../../schema/gate.ts';
import { createFakeCognito } from '../../layer/testing/fake-cognito.ts';
import type { Member } from '../move/members.ts';
import { givenMove, platinumLimits } from './moves.ts';
import { givenTenant, givenUser, start, startWorld, type World } from './world.ts';

export type MoveScene = Awaited<ReturnType<typeof startMoveScene>>;

/** One tenant after the other that is about to move, and what is expected of each. */
export async function startMoveScene() {
  const world = await startWorld();
  let tenantId = '';
  let count = 0;

  /** Another tenant, nothing of the one before in a silo. Its id is as long as a ULID: others own no stack. */
  async function next(): Promise<string> {
    world.now = start;
    world.cognito = createFakeCognito();
    world.siloCognito = createFakeCognito();
    await world.empty(world.siloData.products, 'productId');
    await world.empty(world.siloData.orders, 'orderId');
    count += 1;
    tenantId = `01KAAAAAAAAAAAAAAAAAAA${String(count).padStart(4, '0')}`;
    return tenantId;
  }

  const rowsOf = async (table: string) =>
    (await world.all(table))
      .filter((row) => row['tenantId'] === tenantId)
      .map((row) => JSON.stringify(Object.entries(row).sort()))
      .sort();
  const copyIn = async (data: World['data']) => [...(await rowsOf(data.products)), ...(await rowsOf(data.orders))];
  const gate = () => world.get<GateItem>(world.tables.GATES_TABLE, { tenantId });
  const members = async () =>
    (await world.all(world.tables.TENANT_USERS_TABLE)).filter(
      (row) => row['tenantId'] === tenantId,
    ) as unknown as Member[];
  const claims = async () =>
    (await world.all(world.tables.TENANTS_TABLE))
      .filter(({ owner }) => owner === tenantId)
      .map((claim) => String(claim['tenantId']).split('#').slice(0, 2).join('#'))
      .sort();
  const inPool = () => [...world.cognito.users.values()].filter(({ groups }) => groups.has(tenantId));
  const inSilo = () => [...world.siloCognito.users.values()].filter(({ groups }) => groups.has(tenantId));

  async function given(rows = 7): Promise<string[]> {
    await givenTenant(world, tenantId, rows);
    await givenUser(world, tenantId, `bob@${tenantId.toLowerCase()}.example`);
    await givenMove(world, tenantId);
    return copyIn(world.data);
  }

  /** The tenant lives in the silo with all that it had, and is waited for. */
  async function expectMoved(rows: readonly string[]): Promise<void> {
    expect(await copyIn(world.siloData)).toEqual(rows);
    expect(await world.tenant(tenantId)).toMatchObject({
      ...{ tier: 'PLATINUM', stack: tenantId, deployment: 'SILO', limits: platinumLimits },
      ...{ userPoolId: 'silo-pool', userPoolClientId: 'silo-client' },
      move: { status: 'WAITING_FOR_CONFIRMATION', fromStack: 'pooled', toStack: tenantId },
    });
    expect(await gate()).toMatchObject({ stack: tenantId, requestsPerSecond: 400 });
    expect(await gate()).not.toHaveProperty('writesHeldSince');
    expect(inSilo()).toHaveLength(2);
    const subs = inSilo().map(({ id }) => id);
    expect((await members()).map(({ sub }) => sub).sort()).toEqual(subs.sort());
  }

  /** The tenant lives in the pool as if nothing had been, and nothing of it is left in a silo. */
  async function expectAtHome(rows: readonly string[], status: string): Promise<void> {
    expect(await copyIn(world.data)).toEqual(rows);
    expect(await copyIn(world.siloData)).toEqual([]);
    expect(await world.tenant(tenantId)).toMatchObject({
      ...{ tier: 'BASIC', stack: 'pooled', deployment: 'POOLED', userPoolId: 'pool', userPoolClientId: 'client' },
      move: { status, toStack: tenantId },
    });
    expect(await gate()).toMatchObject({ stack: 'pooled', requestsPerSecond: 50 });
    expect(await gate()).not.toHaveProperty('writesHeldSince');
    expect(await world.get(world.tables.TENANT_STACK_MAPPING_TABLE, { tenantId })).toBeUndefined();
    expect(await claims()).toEqual(['EMAIL#pooled', 'EMAIL#pooled', `SLUG#${tenantId.toLowerCase()}`]);
    expect((await members()).map(({ userId, sub, status: is }) => ({ isSame: userId === sub, is }))).toEqual([
      { isSame: true, is: 'ACTIVE' },
      { isSame: true, is: 'ACTIVE' },
    ]);
    expect(inPool()).toHaveLength(2);
    expect(await world.transition(tenantId)).toBeUndefined();
  }

  return { world, next, copyIn, gate, members, claims, inPool, inSilo, given, expectMoved, expectAtHome };
}
