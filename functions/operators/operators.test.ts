import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator, OperatorRole, UserErrorCode } from '../../generated/control-plane.ts';
import { systemClock } from '../layer/clock.ts';
import type { OperatorIdentity } from '../layer/field-call.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { createFakeCognito, type FakeCognito } from '../layer/testing/fake-cognito.ts';
import { NotSystemAdminError, resolveOperators } from './resolve-operators.ts';

interface Payload {
  readonly operator: Operator | null;
  readonly userErrors: readonly { readonly code: UserErrorCode; readonly field: string }[];
}

let engine: TestTables;
let cognito: FakeCognito;
let resolve: ReturnType<typeof resolveOperators>;
let ann: OperatorIdentity;

beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  cognito = createFakeCognito();
  for (const group of ['SystemAdmin', 'CustomerSupport']) cognito.groups.add(group);
  resolve = resolveOperators({
    cognito: cognito.client,
    documents: engine.documents,
    userPoolId: 'pool',
    auditLogTable: engine.tables.AUDIT_LOG_TABLE,
    clock: systemClock,
  });
  ann = { role: 'SYSTEM_ADMIN', userId: 'seed', email: 'seed@example.com' };
  ann = { ...ann, userId: (await givenOperator('ann@example.com', 'SYSTEM_ADMIN')).id };
});

const change = (field: string, input: object) =>
  resolve({ field, arguments: { input }, identity: ann }) as Promise<Payload>;

async function givenOperator(email: string, role: OperatorRole): Promise<Operator> {
  const { operator } = await change('createOperator', { email, name: 'Some One', role });
  if (!operator) throw new Error(`No operator ${email}`);
  return operator;
}

const auditCount = async () =>
  (await engine.documents.send(new ScanCommand({ TableName: engine.tables.AUDIT_LOG_TABLE }))).Count ?? 0;

describe('createOperator', () => {
  test('invites by mail, into the group of the role, with an entry in the audit log', async () => {
    const before = await auditCount();
    const bob = await givenOperator(' Bob@Example.com ', 'CUSTOMER_SUPPORT');
    expect(bob).toMatchObject({ email: 'bob@example.com', role: 'CUSTOMER_SUPPORT', status: 'INVITED' });
    expect(cognito.users.get(bob.id)).toMatchObject({ invitations: 1, groups: new Set(['CustomerSupport']) });
    expect(await auditCount()).toBe(before + 1);
  });

  test('not twice, and not with nonsense', async () => {
    const taken = await change('createOperator', { email: 'ANN@example.com', name: 'Ann', role: 'SYSTEM_ADMIN' });
    expect(taken).toMatchObject({ operator: null, userErrors: [{ code: 'EMAIL_TAKEN', field: 'email' }] });
    const bad = await change('createOperator', { email: 'x', name: ' ', role: 'SYSTEM_ADMIN' });
    expect(bad.userErrors.map(({ field }) => field)).toEqual(['email', 'name']);
  });

  test('finishes what an attempt that died left without a mail and a role', async () => {
    cognito.beforeMail = () => {
      throw new Error('died');
    };
    const input = { email: 'eve@example.com', name: 'Eve', role: 'CUSTOMER_SUPPORT' };
    await expect(change('createOperator', input)).rejects.toThrow('died');
    cognito.beforeMail = () => undefined;
    const { operator, userErrors } = await change('createOperator', input);
    expect(userErrors).toEqual([]);
    expect(operator).toMatchObject({ role: 'CUSTOMER_SUPPORT' });
    expect(cognito.users.get(operator?.id ?? '')).toMatchObject({ invitations: 1 });
  });
});

describe('disableOperator and enableOperator', () => {
  test('shuts out and lets in again; repetitions change nothing', async () => {
    const bob = await givenOperator('bob@example.com', 'CUSTOMER_SUPPORT');
    for (let time = 0; time < 2; time += 1) {
      expect(await change('disableOperator', { id: bob.id })).toMatchObject({ operator: { status: 'DISABLED' } });
    }
    expect(cognito.users.get(bob.id)).toMatchObject({ enabled: false, signedOut: 1 });
    expect(await change('enableOperator', { id: bob.id })).toMatchObject({
      operator: { status: 'INVITED' },
      userErrors: [],
    });
  });

  test('leave the invitation to be sent again, to whoever is invited still and nobody else', async () => {
    const { id, email } = await givenOperator('bob@example.com', 'CUSTOMER_SUPPORT');
    const before = await auditCount();
    expect(await change('resendOperatorInvitation', { id })).toMatchObject({
      operator: { id, email, status: 'INVITED' },
      userErrors: [],
    });
    expect(cognito.users.get(id)).toMatchObject({ invitations: 2 });
    expect(await auditCount()).toBe(before + 1);
    await change('disableOperator', { id });
    expect((await change('resendOperatorInvitation', { id })).userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
    await change('enableOperator', { id });
    const user = cognito.users.get(id);
    if (user) user.status = 'CONFIRMED';
    expect((await change('resendOperatorInvitation', { id })).userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
    expect((await change('resendOperatorInvitation', { id: 'nobody' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect(cognito.users.get(id)).toMatchObject({ invitations: 2 });
  });

  test('never oneself, and never the last admin', async () => {
    const lastOne = await change('disableOperator', { id: ann.userId });
    expect(lastOne).toMatchObject({ operator: null, userErrors: [{ code: 'LAST_ADMIN' }] });
    await givenOperator('bob@example.com', 'SYSTEM_ADMIN');
    expect(await change('disableOperator', { id: ann.userId })).toMatchObject({ userErrors: [{ code: 'LAST_ADMIN' }] });
    expect(cognito.users.get(ann.userId)?.enabled).toBe(true);
  });

  test('a disabled admin does not count as another one', async () => {
    const bob = await givenOperator('bob@example.com', 'SYSTEM_ADMIN');
    await change('disableOperator', { id: bob.id });
    const demotion = await change('updateOperator', { id: ann.userId, role: 'CUSTOMER_SUPPORT' });
    expect(demotion).toMatchObject({ operator: null, userErrors: [{ code: 'LAST_ADMIN' }] });
  });

  test('two admins who disable each other at once are not both shut out', async () => {
    const bob = await givenOperator('bob@example.com', 'SYSTEM_ADMIN');
    const asBob = { role: 'SYSTEM_ADMIN', userId: bob.id, email: bob.email } as const;
    await Promise.all([
      change('disableOperator', { id: bob.id }),
      resolve({ field: 'disableOperator', arguments: { input: { id: ann.userId } }, identity: asBob }),
    ]);
    expect([...cognito.users.values()].some(({ enabled }) => enabled)).toBe(true);
  });
});

describe('isStanding', () => {
  const isStanding = (identity: OperatorIdentity | null) => resolve({ field: 'isStanding', arguments: {}, identity });

  test('an operator who was disabled stands no more, whatever the authorizer said of it; enabled again it does', async () => {
    const bob = await givenOperator('bob@example.com', 'CUSTOMER_SUPPORT');
    const asBob = { role: 'CUSTOMER_SUPPORT', userId: bob.id, email: bob.email } as const;
    expect(await isStanding(asBob)).toBe(true);
    await change('disableOperator', { id: bob.id });
    expect(await isStanding(asBob)).toBe(false);
    await change('enableOperator', { id: bob.id });
    expect(await isStanding(asBob)).toBe(true);
  });

  test('nobody stands who is no operator', async () => {
    expect(await isStanding(null)).toBe(false);
    const userId = '0b0e6b0c-6a3c-4f6e-9a3e-0f6f0d9f5a11';
    expect(await isStanding({ role: 'SYSTEM_ADMIN', userId, email: 'eve@example.com' })).toBe(false);
  });
});

describe('updateOperator', () => {
  test('changes name and role; whoever changes role has to sign in again', async () => {
    const bob = await givenOperator('bob@example.com', 'CUSTOMER_SUPPORT');
    const renamed = await change('updateOperator', { id: bob.id, name: ' Bobby ' });
    expect(renamed).toMatchObject({ operator: { name: 'Bobby', role: 'CUSTOMER_SUPPORT' } });
    expect(cognito.users.get(bob.id)?.signedOut).toBe(0);
    const promoted = await change('updateOperator', { id: bob.id, name: null, role: 'SYSTEM_ADMIN' });
    expect(promoted).toMatchObject({ operator: { name: 'Bobby', role: 'SYSTEM_ADMIN' } });
    expect(cognito.users.get(bob.id)).toMatchObject({ groups: new Set(['SystemAdmin']), signedOut: 1 });
  });

  test('of nothing is refused', async () => {
    const bob = await givenOperator('bob@example.com', 'CUSTOMER_SUPPORT');
    const answer = await change('updateOperator', { id: bob.id, name: null });
    expect(answer).toMatchObject({ operator: null, userErrors: [{ code: 'INVALID_INPUT', field: 'name' }] });
    expect(cognito.users.get(bob.id)?.signedOut).toBe(0);
  });

  test.each(['', 'nobody', 'ann@example.com', '0b0e6b0c-6a3c-4f6e-9a3e-0f6f0d9f5a11'])(
    'no operator: %j',
    async (id) => {
      expect(await change('updateOperator', { id, name: 'X' })).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
      expect(await resolve({ field: 'operator', arguments: { id }, identity: ann })).toBeNull();
    },
  );
});

test('operators lists by address from where the page before ended', async () => {
  await givenOperator('cat@example.com', 'CUSTOMER_SUPPORT');
  await givenOperator('bob@example.com', 'SYSTEM_ADMIN');
  const list = (after: string, limit: number) =>
    resolve({ field: 'operators', arguments: { after, limit }, identity: ann }) as Promise<
      (Operator & { sortKey: string })[]
    >;
  const first = await list('', 2);
  expect(first.map(({ email, role }) => [email, role])).toEqual([
    ['ann@example.com', 'SYSTEM_ADMIN'],
    ['bob@example.com', 'SYSTEM_ADMIN'],
  ]);
  expect((await list(first[1]?.sortKey ?? '', 2)).map(({ email }) => email)).toEqual(['cat@example.com']);
});

test.each([null, { role: 'CUSTOMER_SUPPORT', userId: 'x', email: 'x' } as const])(
  'only for system admins: %j',
  async (identity) => {
    await expect(resolve({ field: 'operators', arguments: { after: '', limit: 5 }, identity })).rejects.toThrow(
      NotSystemAdminError,
    );
  },
);
