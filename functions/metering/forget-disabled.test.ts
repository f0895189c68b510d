import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { gateItem } from '../../schema/gate.ts';
import { crashAfter, Killed } from '../layer/testing/crash-after.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { forgetDisabled } from './forget-disabled.ts';
import { meter } from './meter.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

const noon = Date.UTC(2026, 10, 23, 12);
let now: number;
beforeEach(() => {
  now = noon;
});
const dependencies = (documents = engine.documents) => ({
  documents,
  tables: engine.tables,
  clock: () => new Date(now),
});

const put = (TableName: string, Item: object) => engine.documents.send(new PutCommand({ TableName, Item }));
const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30_000 };

let tenants = 0;
/** A tenant, with these users blocked at its gate. */
async function givenTenant(blockedUsers: readonly string[]): Promise<string> {
  tenants += 1;
  const tenantId = `T${tenants}`;
  await put(engine.tables.TENANTS_TABLE, { tenantId, listing: 'TENANT', slug: `slug-${tenants}` });
  await put(engine.tables.GATES_TABLE, {
    ...gateItem(tenantId, limits, 'pooled'),
    blockedUsers: new Set(blockedUsers),
  });
  return tenantId;
}

const givenUser = (tenantId: string, userId: string, status: string, updatedAt = noon) =>
  put(engine.tables.TENANT_USERS_TABLE, { tenantId, userId, status, updatedAt: new Date(updatedAt).toISOString() });

async function gateOf(tenantId: string): Promise<Record<string, unknown> | undefined> {
  const read = new GetCommand({ TableName: engine.tables.GATES_TABLE, Key: { tenantId }, ConsistentRead: true });
  return (await engine.documents.send(read)).Item;
}

async function blockedIn(tenantId: string): Promise<string[]> {
  return [...(((await gateOf(tenantId))?.['blockedUsers'] as Set<string> | undefined) ?? [])].sort();
}

test('however many are disabled, the gate is as small as before a few minutes later', async () => {
  const people = Array.from(
    { length: 230 },
    (_, index) => `0a1b2c3d-0000-4000-8000-${String(index).padStart(12, '0')}`,
  );
  const tenantId = await givenTenant(people);
  await Promise.all(people.map((userId) => givenUser(tenantId, userId, 'DISABLED')));
  now = noon + 119_999;
  await meter(dependencies())();
  expect(await blockedIn(tenantId)).toEqual(people);
  now = noon + 120_000;
  await meter(dependencies())();
  expect(await gateOf(tenantId)).toEqual(gateItem(tenantId, limits, 'pooled'));
});

test('who is let in again, or was disabled a moment ago, stays as the registry’s own write left it', async () => {
  const tenantId = await givenTenant(['again', 'long', 'other', 'strange', 'unknown']);
  await givenUser(tenantId, 'long', 'DISABLED');
  await givenUser(tenantId, 'other', 'DISABLED');
  // Enabled and disabled again since the gate was read: an authorizer's answer may be of the time between.
  await givenUser(tenantId, 'again', 'DISABLED', noon + 299_000);
  await givenUser(tenantId, 'strange', 'ACTIVE');
  now = noon + 300_000;
  await forgetDisabled(dependencies())(tenantId, new Set(['again', 'long', 'other', 'strange', 'unknown']));
  expect(await blockedIn(tenantId)).toEqual(['again', 'strange', 'unknown']);
});

test('a gate that was removed does not come back', async () => {
  await givenUser('gone', 'long', 'DISABLED');
  now = noon + 300_000;
  await forgetDisabled(dependencies())('gone', new Set(['long']));
  expect(await gateOf('gone')).toBeUndefined();
});

test('killed after any of its calls, the next run ends with the same', async () => {
  const people = Array.from({ length: 150 }, (_, index) => `user-${index}`);
  let kills = 0;
  for (let calls = 1; ; calls += 1) {
    const tenantId = await givenTenant(people);
    await Promise.all(people.map((userId) => givenUser(tenantId, userId, 'DISABLED')));
    now = noon + 300_000;
    const outcome = await forgetDisabled(dependencies(crashAfter(calls)(engine.documents)))(
      tenantId,
      new Set(people),
    ).catch((fault: unknown) => fault);
    if (outcome instanceof Killed) kills += 1;
    else expect(outcome).toBeUndefined();
    await meter(dependencies())();
    expect(await blockedIn(tenantId)).toEqual([]);
    if (outcome === undefined) break;
  }
  expect(kills).toBe(2);
});
