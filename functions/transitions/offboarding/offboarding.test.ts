import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { crashAfter, Killed } from '../../layer/testing/crash-after.ts';
import { createFakeCognito } from '../../layer/testing/fake-cognito.ts';
import { dueTransitions } from '../due-transitions.ts';
import { givenOffboarding, givenTenant, givenUser, start, startWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(() => {
  world.now = start;
  world.cognito = createFakeCognito();
  world.objects.clear();
});

const days = (count: number) => new Date(start.getTime() + count * 24 * 60 * 60 * 1000);
const steps = ['SUSPEND', 'EXPORT', 'RETAIN', 'PURGE_STACK', 'PURGE_DATA', 'PURGE_USERS', 'PURGE_RECORDS'];

/** All that there is of a tenant, wherever. */
async function remains(tenantId: string) {
  const { tables, data } = world;
  const holds = JSON.stringify(tenantId).slice(1, -1);
  const everywhere = await Promise.all(
    [tables.GATES_TABLE, tables.TENANT_USERS_TABLE, tables.TRANSITIONS_TABLE, data.products, data.orders].map(
      async (table) => (await world.all(table)).filter((item) => JSON.stringify(item).includes(`"${holds}`)),
    ),
  );
  const tenants = await world.all(tables.TENANTS_TABLE);
  return {
    rows: everywhere.flat(),
    claims: tenants.filter(({ owner }) => owner === tenantId).map((item) => String(item['tenantId'])),
    accounts: [...world.cognito.users.values()].filter(({ groups }) => groups.has(tenantId)),
    group: world.cognito.groups.has(tenantId),
  };
}
const nothing = { rows: [], claims: [], accounts: [], group: false };

test('goes from step to step; when it is done, nothing is left but the tenant’s name in the books', async () => {
  await givenTenant(world, 'LEAVER');
  await givenUser(world, 'LEAVER', 'bob@leaver.example');
  await givenTenant(world, 'STAYER');
  const before = await remains('STAYER');
  await givenOffboarding(world, 'LEAVER');
  expect(await world.run('LEAVER')).toEqual(steps);
  expect(await remains('LEAVER')).toEqual(nothing);
  expect(await remains('STAYER')).toEqual(before);
  expect(before.claims.sort()).toEqual(['EMAIL#pooled#admin@stayer.example', 'SLUG#stayer']);
  const tenant = await world.tenant('LEAVER');
  expect(tenant).toMatchObject({
    status: 'OFFBOARDED',
    slug: 'leaver.LEAVER',
    name: 'Company LEAVER',
    offboarding: { step: 'DONE', exportKey: 'exports/LEAVER/X-LEAVER/manifest.json' },
  });
  const registration = await world.get(world.tables.REGISTRATIONS_TABLE, { registrationId: 'R-LEAVER' });
  expect(registration).toMatchObject({ status: 'OFFBOARDED' });
  expect(JSON.stringify([tenant, registration])).not.toMatch(/Ann|admin@/);
  expect(await world.actions('LEAVER')).toEqual(['purgeTenant']);
  expect(await world.operations('LEAVER')).toBe(7);
});

test('the export has every row, and a manifest with counts and checksums', async () => {
  await givenTenant(world, 'EXPORTED', 230);
  await givenOffboarding(world, 'EXPORTED', days(1));
  await world.run('EXPORTED');
  const manifest = JSON.parse(world.objects.get('exports/EXPORTED/X-EXPORTED/manifest.json') ?? '{}') as {
    counts: object;
    files: { key: string; part: string; items: number; bytes: number; sha256: string }[];
  };
  expect(manifest).toMatchObject({
    tenant: { tenantId: 'EXPORTED', slug: 'exported', name: 'Company EXPORTED', tier: 'BASIC' },
    requestedAt: start.toISOString(),
    counts: { products: 230, orders: 230, users: 1, audit: 0, tenant: 1 },
  });
  const rows = new Map<string, Record<string, unknown>[]>();
  for (const { key, part, items, bytes, sha256 } of manifest.files) {
    const text = world.objects.get(key) ?? '';
    expect({ key, bytes, sha256 }).toEqual({
      key,
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    });
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(items);
    rows.set(part, [...(rows.get(part) ?? []), ...lines.map((line) => JSON.parse(line) as Record<string, unknown>)]);
  }
  const stored = (await world.all(world.data.orders)).filter(({ tenantId }) => tenantId === 'EXPORTED');
  const byId = (left: Record<string, unknown>, right: Record<string, unknown>) =>
    String(left['orderId']).localeCompare(String(right['orderId']));
  expect(rows.get('orders')?.sort(byId)).toEqual(stored.sort(byId));
});

describe('the window', () => {
  test('holds everything to its end; then the schedule finds it', async () => {
    await givenTenant(world, 'KEPT');
    await givenOffboarding(world, 'KEPT', days(30));
    expect(await world.run('KEPT')).toEqual(['SUSPEND', 'EXPORT', 'RETAIN']);
    world.now = new Date(days(30).getTime() - 1);
    expect(await dueTransitions(world.dependencies())).not.toContain('KEPT');
    await world.run('KEPT', world.now);
    expect((await remains('KEPT')).rows).not.toEqual([]);
    expect(await world.tenant('KEPT')).toMatchObject({ status: 'OFFBOARDING', offboarding: { step: 'RETAIN' } });
    world.now = days(30);
    expect(await dueTransitions(world.dependencies())).toContain('KEPT');
    await world.run('KEPT', world.now);
    expect(await remains('KEPT')).toEqual(nothing);
  });

  test('an operator who stops it is never overrun: what was under way writes nothing', async () => {
    await givenTenant(world, 'STOPPED');
    await givenOffboarding(world, 'STOPPED', days(1));
    const { documents, tables } = world;
    const cancel = async () => {
      const Key = { tenantId: 'STOPPED' };
      await documents.send(new DeleteCommand({ TableName: tables.TRANSITIONS_TABLE, Key }));
      const { offboarding: _offboarding, ...tenant } = { ...(await world.tenant('STOPPED')) };
      await world.put(tables.TENANTS_TABLE, { ...tenant, status: 'ACTIVE' });
    };
    const objects = {
      send: async () => {
        await cancel();
        return {};
      },
    } as never;
    await world.run('STOPPED', days(2), { ...world.dependencies(), objects });
    expect(await world.tenant('STOPPED')).toMatchObject({ status: 'ACTIVE' });
    expect(await world.tenant('STOPPED')).not.toHaveProperty('offboarding');
    expect(await world.transition('STOPPED')).toBeUndefined();
    expect(await world.all(world.data.orders)).toContainEqual(expect.objectContaining({ tenantId: 'STOPPED' }));
  });
});

test('a tenant that was used until now is exported when its last request must have ended', async () => {
  await givenTenant(world, 'BUSY');
  await givenOffboarding(world, 'BUSY', days(1));
  const gate = await world.get<object>(world.tables.GATES_TABLE, { tenantId: 'BUSY' });
  await world.put(world.tables.GATES_TABLE, { ...gate, freeAt: start.getTime() * 1000 + 5 });
  await world.run('BUSY');
  expect(await world.transition('BUSY')).toMatchObject({
    step: 'EXPORT',
    dueAt: new Date(start.getTime() + 10_000).toISOString(),
  });
});

test('in parallel with itself: the same end, nothing twice', async () => {
  await givenTenant(world, 'PARALLEL', 60);
  await givenOffboarding(world, 'PARALLEL');
  await Promise.all(Array.from({ length: 4 }, () => world.run('PARALLEL')));
  expect(await remains('PARALLEL')).toEqual(nothing);
  expect(await world.actions('PARALLEL')).toEqual(['purgeTenant']);
});

test('killed after any of its calls, it ends the same', async () => {
  for (let calls = 1; ; calls += 1) {
    const tenantId = `KILLED${calls}X`;
    world.cognito = createFakeCognito();
    world.objects.clear();
    await givenTenant(world, tenantId);
    await givenOffboarding(world, tenantId);
    const dying = crashAfter(calls);
    const { documents, cognito, objects, ...rest } = world.dependencies();
    const dead = dying(documents);
    const once = {
      ...rest,
      documents: dead,
      tenantSession: () => Promise.resolve(dead),
      cognito: dying(cognito),
      objects: dying(objects),
    };
    const survived = await world.run(tenantId, start, once).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(Killed);
        return false;
      },
    );
    world.now = new Date(start.getTime() + 60_000);
    await world.run(tenantId, world.now);
    world.now = start;
    expect({ calls, ...(await remains(tenantId)) }).toEqual({ calls, ...nothing });
    expect(await world.tenant(tenantId)).toMatchObject({
      status: 'OFFBOARDED',
      slug: `${tenantId.toLowerCase()}.${tenantId}`,
    });
    expect(await world.actions(tenantId)).toEqual(['purgeTenant']);
    expect(await world.operations(tenantId)).toBe(7);
    const manifest = world.objects.get(`exports/${tenantId}/X-${tenantId}/manifest.json`) ?? '';
    expect(JSON.parse(manifest)).toMatchObject({ counts: { products: 3, orders: 3, users: 1 } });
    if (survived) {
      expect(calls).toBeGreaterThan(40);
      return;
    }
  }
}, 120_000);

describe('faults', () => {
  test('a step that fails says why, is tried again, and then says nothing more', async () => {
    await givenTenant(world, 'FAILING');
    await givenOffboarding(world, 'FAILING');
    world.cognito.beforeCall = (operation) => {
      if (operation === 'AdminDeleteUser') throw new Error('Out of order');
    };
    await world.run('FAILING');
    expect(await world.tenant('FAILING')).toMatchObject({
      status: 'OFFBOARDING',
      offboarding: { step: 'PURGE_USERS', failure: 'PURGE_USERS: Error: Out of order' },
    });
    expect(await world.transition('FAILING')).toMatchObject({ failingSince: start.toISOString() });
    world.cognito.beforeCall = () => undefined;
    world.now = new Date(start.getTime() + 30_000);
    await world.run('FAILING', world.now);
    expect((await world.tenant('FAILING'))?.offboarding).not.toHaveProperty('failure');
    expect(await remains('FAILING')).toEqual(nothing);
  });

  test('an onboarding that failed at once leaves nothing either', async () => {
    await givenTenant(world, 'NEVER', 0);
    world.cognito = createFakeCognito();
    await world.documents.send(new DeleteCommand({ TableName: world.tables.GATES_TABLE, Key: { tenantId: 'NEVER' } }));
    await givenOffboarding(world, 'NEVER');
    await world.run('NEVER');
    expect(await remains('NEVER')).toEqual(nothing);
  });

  test('somebody whom the registry does not know goes too', async () => {
    await givenTenant(world, 'HALF');
    await givenUser(world, 'HALF', 'half@half.example');
    const [half] = [...world.cognito.users.values()].filter(({ email }) => email === 'half@half.example');
    const Key = { tenantId: 'HALF', userId: half?.id ?? '' };
    await world.documents.send(new DeleteCommand({ TableName: world.tables.TENANT_USERS_TABLE, Key }));
    await givenOffboarding(world, 'HALF');
    await world.run('HALF');
    expect(await remains('HALF')).toEqual(nothing);
  });

  test('an address that is another tenant’s by now stays theirs', async () => {
    await givenTenant(world, 'FORMER');
    const claim = { tenantId: 'EMAIL#pooled#admin@former.example', owner: 'OTHER' };
    await world.put(world.tables.TENANTS_TABLE, claim);
    await givenOffboarding(world, 'FORMER');
    await world.run('FORMER');
    expect(await world.tenant('EMAIL#pooled#admin@former.example')).toMatchObject({ owner: 'OTHER' });
  });
});
