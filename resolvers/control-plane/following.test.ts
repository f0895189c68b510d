import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enhancedFilter } from '../../infra/local/appsync/realtime/filter.ts';
import type { Json, JsonObject } from '../../infra/local/service.ts';
import { admin, type ControlPlane, startControlPlane } from '../testing/control-plane.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());
beforeEach(() => {
  plane.functions['operators'] = () => true;
  plane.invalidations.length = 0;
});

const expiry = Date.UTC(2026, 10, 29, 12);
const bob = { ...admin, role: 'CUSTOMER_SUPPORT', userId: 'bob', tokenExpiresAt: String(expiry / 1000) };
const fields = [
  ['onTenantChanged', 'publishTenant', {}],
  ['onProvisioningProgress', 'publishProvisioningRun', { tenantId: 'T1' }],
  ['onRolloutChanged', 'publishRollout', {}],
] as const;

/** Whether it is sent what was changed then, and whether a publication ends it. */
async function follow(field: string, args: JsonObject, identity: JsonObject = bob) {
  expect(await plane.ask(`Subscription.${field}`, args, identity)).toBeNull();
  const [accepts, endedBy] = [plane.subscriptionFilters, plane.invalidationFilters].map((filters) =>
    enhancedFilter(filters.at(-1) ?? null),
  );
  return {
    isSent: (change: JsonObject) => accepts?.(change),
    isEndedBy: (payload: Json) => endedBy?.(payload),
  };
}

describe.each(fields)('%s', (field, publication, args) => {
  test('goes on while the token holds, and is sent nothing of later', async () => {
    const { isSent } = await follow(field, args);
    const at = (time: number) => ({ tenantId: 'T1', updatedAt: new Date(time).toISOString() });
    expect([expiry - 3_600_000, expiry - 1, expiry, expiry + 1, expiry + 3_600_000].map(at).map(isSent)).toEqual([
      ...[true, true],
      ...[false, false, false],
    ]);
  });

  test('ends with the first publication after its token', async () => {
    const { isEndedBy } = await follow(field, args);
    const publish = async (time: number) => {
      plane.setTime(time);
      const input = { id: 'X', updatedAt: '2026-11-23T10:00:00.000Z' };
      expect(await plane.ask(`Mutation.${publication}`, { input }, null)).toEqual(input);
      const [ended, ...others] = plane.invalidations.splice(0);
      expect([ended?.subscriptionField, others]).toEqual([field, []]);
      return isEndedBy(ended?.payload ?? null);
    };
    expect([await publish(expiry - 1000), await publish(expiry), await publish(expiry + 1000)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test.each([
    ['disableOperator', { id: 'bob' }],
    ['updateOperator', { id: 'bob', role: 'SYSTEM_ADMIN' }],
  ])('ends with %s of whoever follows it, and of nobody else', async (mutation, input) => {
    const theirs = await follow(field, args);
    const anothers = await follow(field, args, { ...bob, userId: 'ann' });
    plane.functions['operators'] = () => ({ operator: { id: 'bob' }, userErrors: [] });
    await plane.ask(`Mutation.${mutation}`, { input });
    const payloads = plane.invalidations.filter((one) => one.subscriptionField === field).map(({ payload }) => payload);
    expect(payloads.map(theirs.isEndedBy)).toEqual([true]);
    expect(payloads.map(anothers.isEndedBy)).toEqual([false]);
  });

  test('begins for nobody who does not stand at that moment, or whose expiry is not known', async () => {
    const asked: JsonObject[] = [];
    plane.functions['operators'] = (payload) => {
      asked.push(payload);
      return false;
    };
    const refused = { errorType: 'Unauthorized' };
    await expect(plane.ask(`Subscription.${field}`, args, bob)).rejects.toMatchObject(refused);
    expect(asked).toMatchObject([{ field: 'isStanding', identity: { userId: 'bob' } }]);
    plane.functions['operators'] = () => true;
    const { tokenExpiresAt: _, ...before } = bob;
    await expect(plane.ask(`Subscription.${field}`, args, before)).rejects.toMatchObject(refused);
    await expect(plane.ask(`Subscription.${field}`, args, null)).rejects.toMatchObject(refused);
  });
});

test('nothing ends when nobody was shut out', async () => {
  const refusal = { operator: null, userErrors: [{ code: 'LAST_ADMIN', field: null, message: 'The last one' }] };
  plane.functions['operators'] = () => refusal;
  expect(await plane.ask('Mutation.disableOperator', { input: { id: 'bob' } })).toEqual(refusal);
  plane.functions['operators'] = () => ({ operator: { id: 'bob' }, userErrors: [] });
  await plane.ask('Mutation.updateOperator', { input: { id: 'bob', name: 'Bob' } });
  await plane.ask('Mutation.publishRegistration', { input: { id: 'R1' } }, null);
  expect(plane.invalidations).toEqual([]);
});
