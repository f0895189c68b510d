import { GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RegistrationItem } from '../layer/registry.ts';
import { crashAfter, Killed } from '../layer/testing/crash-after.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { createFakeCognito, type FakeCognito } from '../layer/testing/fake-cognito.ts';
import { advance } from './advance.ts';
import type { Dependencies } from './onboarding.ts';

let engine: TestTables;
let cognito: FakeCognito;
let dependencies: Dependencies;
let now: Date;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());
beforeEach(() => {
  now = new Date('2026-11-23T10:00:00.000Z');
  cognito = createFakeCognito();
  const { documents, tables } = engine;
  dependencies = {
    documents,
    cognito: cognito.client,
    tables,
    clock: () => now,
    createRunId: () => 'RUN',
    region: 'us-east-1',
  };
});

const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30000 };

/** A registration as functions/registration writes it. */
async function givenRegistration(tenantId: string): Promise<void> {
  const put = (TableName: string, Item: object) =>
    engine.documents.send(new PutCommand({ TableName, Item: { ...Item } }));
  const common = { tenantId, slug: tenantId.toLowerCase(), tier: 'BASIC', status: 'REQUESTED', adminName: 'Ann' };
  const adminEmail = `admin@${common.slug}.example`;
  await put(engine.tables.TENANTS_TABLE, {
    ...common,
    listing: 'TENANT',
    adminEmail,
    userPoolId: 'pool',
    limits,
    version: 1,
  });
  await put(engine.tables.REGISTRATIONS_TABLE, {
    ...common,
    registrationId: `R-${tenantId}`,
    adminEmail,
    steps: [
      { name: 'CLAIM_SLUG', status: 'SUCCEEDED' },
      ...['CREATE_GROUP', 'CREATE_ADMIN', 'OPEN_GATE', 'ACTIVATE'].map((name) => ({ name, status: 'PENDING' })),
    ],
  });
}

async function get<Item>(TableName: string, Key: Record<string, string>): Promise<Item> {
  return (await engine.documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item as Item;
}

/** Everything that an onboarding leaves behind. */
async function endState(tenantId: string) {
  const { documents, tables } = engine;
  const registration = await get<RegistrationItem>(tables.REGISTRATIONS_TABLE, { registrationId: `R-${tenantId}` });
  const tenant = await get<Record<string, unknown>>(tables.TENANTS_TABLE, { tenantId });
  const gate = await get<Record<string, unknown>>(tables.GATES_TABLE, { tenantId });
  const users = await documents.send(
    new QueryCommand({
      TableName: tables.TENANT_USERS_TABLE,
      KeyConditionExpression: 'tenantId = :tenantId',
      ExpressionAttributeValues: { ':tenantId': tenantId },
    }),
  );
  const audit = await documents.send(new ScanCommand({ TableName: tables.AUDIT_LOG_TABLE }));
  return {
    registration: registration.status,
    steps: registration.steps.map(({ name, status }) => `${name} ${status}`),
    tenant: tenant['status'],
    version: tenant['version'],
    failure: tenant['failure'],
    onboardedAt: tenant['onboardedAt'],
    gate: gate && { status: gate['status'], burst: gate['burst'] },
    users: (users.Items ?? []).map(({ email, role, status, sub, userId }) => ({
      email,
      role,
      status,
      own: sub === userId,
    })),
    poolUsers: [...cognito.users.values()].map(({ email, groups, invitations }) => ({
      email,
      groups: [...groups],
      isInvited: invitations > 0,
    })),
    audit: (audit.Items ?? [])
      .filter((entry) => entry['tenantId'] === tenantId)
      .map(({ action, actor }) => `${actor} ${action}`),
  };
}

const mails = () => [...cognito.users.values()].map(({ invitations }) => invitations);

const finished = (tenantId: string) => {
  const email = `admin@${tenantId.toLowerCase()}.example`;
  return {
    registration: 'ACTIVE',
    steps: ['CLAIM_SLUG', 'CREATE_GROUP', 'CREATE_ADMIN', 'OPEN_GATE', 'ACTIVATE'].map((name) => `${name} SUCCEEDED`),
    tenant: 'ACTIVE',
    version: 3,
    failure: undefined,
    onboardedAt: now.toISOString(),
    gate: { status: 'ACTIVE', burst: 50 },
    users: [{ email, role: 'TENANT_ADMIN', status: 'INVITED', own: true }],
    poolUsers: [{ email, groups: [tenantId], isInvited: true }],
    audit: ['system activateTenant'],
  };
};

test('drives a registration to ACTIVE, with the times of its steps', async () => {
  await givenRegistration('GOOD');
  await advance(dependencies)('R-GOOD');
  expect(await endState('GOOD')).toEqual(finished('GOOD'));
  const { steps } = await get<RegistrationItem>(engine.tables.REGISTRATIONS_TABLE, { registrationId: 'R-GOOD' });
  for (const step of steps.slice(1))
    expect(step).toMatchObject({ startedAt: now.toISOString(), finishedAt: now.toISOString() });
});

test('again, and from a stream that repeats itself: nothing is doubled', async () => {
  await givenRegistration('AGAIN');
  for (let time = 0; time < 3; time += 1) await advance(dependencies)('R-AGAIN');
  expect(await endState('AGAIN')).toEqual(finished('AGAIN'));
  expect(mails()).toEqual([1]);
});

test('in parallel with itself: nothing is doubled', async () => {
  await givenRegistration('PARALLEL');
  await Promise.all(Array.from({ length: 5 }, () => advance(dependencies)('R-PARALLEL')));
  expect(await endState('PARALLEL')).toEqual(finished('PARALLEL'));
});

test('killed after any of its calls, it ends the same', async () => {
  for (let calls = 1; ; calls += 1) {
    const tenantId = `KILLED${calls}`;
    cognito = createFakeCognito();
    await givenRegistration(tenantId);
    const dying = crashAfter(calls);
    const once = { ...dependencies, documents: dying(engine.documents), cognito: dying(cognito.client) };
    const survived = await advance(once)(`R-${tenantId}`).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(Killed);
        return false;
      },
    );
    await advance({ ...dependencies, cognito: cognito.client })(`R-${tenantId}`);
    expect({ calls, ...(await endState(tenantId)) }).toEqual({ calls, ...finished(tenantId) });
    if (survived) {
      expect(calls).toBeGreaterThan(15);
      return;
    }
  }
}, 60_000);

test('killed between a user and the mail, the next attempt mails the invitation', async () => {
  await givenRegistration('UNMAILED');
  cognito.beforeMail = () => {
    throw new Killed('Killed before the mail');
  };
  await expect(advance(dependencies)('R-UNMAILED')).rejects.toThrow(Killed);
  cognito.beforeMail = () => undefined;
  await advance(dependencies)('R-UNMAILED');
  expect(await endState('UNMAILED')).toEqual(finished('UNMAILED'));
  expect(mails()).toEqual([1]);
});

describe('faults', () => {
  const refuse = (operation: string, error: Error) => {
    cognito.beforeCall = (called) => {
      if (called === operation) throw error;
    };
  };
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });

  test('one that may pass is thrown, for the stream to try again', async () => {
    await givenRegistration('BUSY');
    refuse('AdminCreateUser', named('TooManyRequestsException', 'Slow down'));
    await expect(advance(dependencies)('R-BUSY')).rejects.toThrow('Slow down');
    expect(await endState('BUSY')).toMatchObject({ registration: 'PROVISIONING', tenant: 'PROVISIONING' });
    cognito.beforeCall = () => undefined;
    await advance(dependencies)('R-BUSY');
    expect(await endState('BUSY')).toEqual(finished('BUSY'));
  });

  test('one that stays ends it as FAILED, with the cause kept', async () => {
    await givenRegistration('REFUSED');
    refuse('AdminCreateUser', named('InvalidParameterException', 'Invalid email address format.'));
    await advance(dependencies)('R-REFUSED');
    expect(await endState('REFUSED')).toMatchObject({
      registration: 'FAILED',
      tenant: 'FAILED',
      failure: 'CREATE_ADMIN: InvalidParameterException: Invalid email address format.',
      steps: [
        'CLAIM_SLUG SUCCEEDED',
        'CREATE_GROUP SUCCEEDED',
        'CREATE_ADMIN FAILED',
        'OPEN_GATE PENDING',
        'ACTIVATE PENDING',
      ],
      users: [],
      audit: ['system failRegistration'],
    });
    await advance(dependencies)('R-REFUSED');
    expect(await endState('REFUSED')).toMatchObject({ registration: 'FAILED', audit: ['system failRegistration'] });
  });

  test('one that does not pass within ten minutes ends it too', async () => {
    await givenRegistration('PATIENT');
    refuse('CreateGroup', named('InternalErrorException', 'Out of order'));
    await expect(advance(dependencies)('R-PATIENT')).rejects.toThrow('Out of order');
    now = new Date(now.getTime() + 10 * 60 * 1000 + 1);
    await advance(dependencies)('R-PATIENT');
    expect(await endState('PATIENT')).toMatchObject({
      registration: 'FAILED',
      failure: expect.stringContaining('CREATE_GROUP'),
    });
  });

  describe('after a run that took longer than that', () => {
    /** A silo's onboarding whose run has just come to its end. */
    async function givenLongRun(tenantId: string, status: string): Promise<string> {
      await givenRegistration(tenantId);
      const { tables } = engine;
      const put = (TableName: string, Item: object) =>
        engine.documents.send(new PutCommand({ TableName, Item: { ...Item } }));
      const registrationId = `R-${tenantId}`;
      const tenant = await get<object>(tables.TENANTS_TABLE, { tenantId });
      await put(tables.TENANTS_TABLE, { ...tenant, status: 'PROVISIONING', stack: tenantId });
      const registration = await get<RegistrationItem>(tables.REGISTRATIONS_TABLE, { registrationId });
      const [claim, ...steps] = registration.steps;
      const began = new Date(now.getTime() - 11 * 60_000).toISOString();
      const running = { name: 'PROVISION_STACK', status: 'RUNNING', startedAt: began };
      await put(tables.REGISTRATIONS_TABLE, {
        ...{ ...registration, status: 'PROVISIONING', runId: `RUN-${tenantId}` },
        steps: [claim, running, ...steps],
      });
      await put(tables.PROVISIONING_RUNS_TABLE, {
        ...{ runId: `RUN-${tenantId}`, tenantId, status },
        ...(status !== 'RUNNING' && { finishedAt: now.toISOString() }),
      });
      await put(tables.TENANT_STACK_MAPPING_TABLE, { tenantId, userPoolId: 'pool', userPoolClientId: 'client' });
      return registrationId;
    }

    /** The table of stacks cannot be read, or that of runs for as many times. */
    const failing = (of: 'TENANT_STACK_MAPPING_TABLE' | 'PROVISIONING_RUNS_TABLE', times = Infinity) => {
      let left = times;
      const send = async (command: { readonly input: { readonly TableName?: string } }) => {
        if (command.input.TableName === engine.tables[of] && left-- > 0)
          throw named('ProvisionedThroughputExceededException', 'Throttled');
        return engine.documents.send(command as never);
      };
      return { ...dependencies, documents: { send } as unknown as typeof engine.documents };
    };

    test('a fault that may pass is thrown, for the stream to try again', async () => {
      const registrationId = await givenLongRun('LONG', 'SUCCEEDED');
      const broken = failing('TENANT_STACK_MAPPING_TABLE');
      await expect(advance(broken)(registrationId)).rejects.toThrow('Throttled');
      expect(await endState('LONG')).toMatchObject({ registration: 'PROVISIONING', audit: [] });
      await advance(dependencies)(registrationId);
      expect(await endState('LONG')).toMatchObject({ registration: 'ACTIVE', tenant: 'ACTIVE' });
    });

    test('and so is one while it runs still', async () => {
      const registrationId = await givenLongRun('RUNNING', 'RUNNING');
      await expect(advance(failing('PROVISIONING_RUNS_TABLE', 1))(registrationId)).rejects.toThrow('Throttled');
      expect(await endState('RUNNING')).toMatchObject({ registration: 'PROVISIONING', audit: [] });
    });

    test('one that does not pass within ten minutes of its end fails the onboarding', async () => {
      const registrationId = await givenLongRun('GIVEN-UP', 'SUCCEEDED');
      now = new Date(now.getTime() + 10 * 60 * 1000 + 1);
      await advance(failing('TENANT_STACK_MAPPING_TABLE'))(registrationId);
      expect(await endState('GIVEN-UP')).toMatchObject({
        registration: 'FAILED',
        failure: expect.stringContaining('PROVISION_STACK') as string,
      });
    });

    test('a run that failed fails it at once', async () => {
      const registrationId = await givenLongRun('BROKEN', 'FAILED');
      await advance(dependencies)(registrationId);
      expect(await endState('BROKEN')).toMatchObject({ registration: 'FAILED' });
    });
  });
});
