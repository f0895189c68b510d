import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminSetUserPasswordCommand,
  CreateGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CognitoUnderTest, givenPool, startCognito } from '../../infra/local/cognito/testing/start-cognito.ts';
import { gateItem } from '../../schema/gate.ts';
import { leaveTenant } from '../layer/tenant-context.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { applicationFields } from './application-fields.ts';
import { controlPlaneFields } from './control-plane-fields.ts';
import type { Services, UserPayload } from './services.ts';

let engine: TestTables;
let cognito: CognitoUnderTest;
let userPoolId: string;
let services: Services;
let tenantId: string;
let tenants = 0;

beforeAll(async () => {
  engine = await startTables();
  cognito = await startCognito();
  userPoolId = (await givenPool(cognito)).poolId;
  services = {
    documents: engine.documents,
    cognito: cognito.sdk,
    tables: {
      tenants: engine.tables.TENANTS_TABLE,
      tenantUsers: engine.tables.TENANT_USERS_TABLE,
      gates: engine.tables.GATES_TABLE,
    },
    clock: () => new Date(),
  };
});
afterAll(async () => {
  await engine.stop();
  await cognito.stop();
});
beforeEach(async () => {
  tenants += 1;
  tenantId = `tenant-${tenants}`;
  await givenTenant(tenantId);
});

async function givenTenant(id: string): Promise<void> {
  const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30_000 };
  const tenant = {
    tenantId: id,
    listing: 'TENANT',
    slug: id,
    status: 'ACTIVE',
    stack: 'pooled',
    tier: 'BASIC',
    userPoolId,
  };
  await engine.documents.send(new PutCommand({ TableName: services.tables.tenants, Item: tenant }));
  await engine.documents.send(
    new PutCommand({ TableName: services.tables.gates, Item: gateItem(id, limits, 'pooled') }),
  );
  await cognito.sdk.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName: id }));
}

/** One mutation as a tenant's admin sends it. */
async function asAdmin(field: string, input: object, identity: object = {}): Promise<UserPayload> {
  const caller = { tenantId, tier: 'BASIC', role: 'TENANT_ADMIN', userId: 'caller', ...identity };
  const answer = await applicationFields(services)({ field, arguments: { input }, identity: caller }).finally(
    leaveTenant,
  );
  return answer as UserPayload;
}

/** One mutation as an operator sends it. */
function asOperator<Payload = UserPayload>(field: string, input: object, role = 'SYSTEM_ADMIN'): Promise<Payload> {
  const identity = { role: role as 'SYSTEM_ADMIN', userId: 'op', email: 'op@example.com' };
  const fields = controlPlaneFields(services, engine.tables.AUDIT_LOG_TABLE);
  return fields({ field, arguments: { input: { tenantId, ...input } }, identity }) as Promise<Payload>;
}

let people = 0;
/** A member; `signedIn` as the pre-token trigger leaves one that has accepted the invitation. */
async function member(role: 'TENANT_ADMIN' | 'TENANT_USER', { signedIn = true } = {}) {
  people += 1;
  const email = `person-${people}@example.com`;
  const { user } = await asAdmin('createUser', { email, name: 'Person', role });
  if (!user) throw new Error('No user');
  if (signedIn) {
    const password = { UserPoolId: userPoolId, Username: user.id, Password: 'Correct-horse-1', Permanent: true };
    await cognito.sdk.send(new AdminSetUserPasswordCommand(password));
    await setStatus(user.id, 'ACTIVE');
  }
  return { ...user, email };
}

async function setStatus(userId: string, status: string): Promise<void> {
  await engine.documents.send(
    new UpdateCommand({
      TableName: services.tables.tenantUsers,
      Key: { tenantId, userId },
      UpdateExpression: 'SET #status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status },
    }),
  );
}

const codes = ({ userErrors }: Pick<UserPayload, 'userErrors'>) => userErrors.map(({ code }) => code);
const inCognito = (userId: string) =>
  cognito.sdk.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: userId }));

async function row(userId: string) {
  const Key = { tenantId, userId };
  return (await engine.documents.send(new GetCommand({ TableName: services.tables.tenantUsers, Key }))).Item;
}

async function blockedUsers(): Promise<string[]> {
  const { Item } = await engine.documents.send(new GetCommand({ TableName: services.tables.gates, Key: { tenantId } }));
  return [...((Item?.blockedUsers as Set<string> | undefined) ?? [])];
}

describe('inviting', () => {
  it('mails a temporary password and makes a member, in the tenant’s group', async () => {
    const { user, userErrors } = await asAdmin('createUser', {
      email: ' Ann@Example.com ',
      name: ' Ann ',
      role: 'TENANT_USER',
    });
    expect(userErrors).toEqual([]);
    expect(user).toMatchObject({
      tenantId,
      email: 'ann@example.com',
      name: 'Ann',
      role: 'TENANT_USER',
      status: 'INVITED',
    });
    expect(cognito.mails[0]).toMatchObject({ to: 'ann@example.com' });
    const groups = await cognito.sdk.send(
      new AdminListGroupsForUserCommand({ UserPoolId: userPoolId, Username: user?.id }),
    );
    expect(groups.Groups?.map(({ GroupName }) => GroupName)).toEqual([tenantId]);
    expect(await row(user?.id ?? '')).toMatchObject({ sub: user?.id, status: 'INVITED' });
  });

  it('refuses an address that is in use, in this tenant or another', async () => {
    const { email } = await member('TENANT_USER');
    expect(codes(await asAdmin('createUser', { email, name: 'Again', role: 'TENANT_USER' }))).toEqual(['EMAIL_TAKEN']);
    await givenTenant(`other-${tenants}`);
    const elsewhere = { tenantId: `other-${tenants}` };
    expect(codes(await asAdmin('createUser', { email, name: 'X', role: 'TENANT_ADMIN' }, elsewhere))).toEqual([
      'EMAIL_TAKEN',
    ]);
  });

  it('makes one member of two calls at the same moment', async () => {
    const input = { email: `twice-${tenants}@example.com`, name: 'Twice', role: 'TENANT_USER' };
    const answers = await Promise.all([asAdmin('createUser', input), asAdmin('createUser', input)]);
    expect(answers.filter(({ user }) => user)).toHaveLength(1);
  });

  it('goes on after a crash before the membership, with another mail, since nobody knows of the first', async () => {
    const input = { email: `crash-${tenants}@example.com`, name: 'Crash', role: 'TENANT_USER' };
    const send = engine.documents.send.bind(engine.documents);
    const crashing = { ...services, documents: { send: crashOnTransaction(send) } as Services['documents'] };
    const identity = { tenantId, tier: 'BASIC', role: 'TENANT_ADMIN', userId: 'caller' };
    await expect(applicationFields(crashing)({ field: 'createUser', arguments: { input }, identity })).rejects.toThrow(
      'crash',
    );
    const mails = cognito.mails.length;
    expect((await asAdmin('createUser', input)).user).toMatchObject({ email: input.email });
    expect(cognito.mails).toHaveLength(mails + 1);
  });

  it('names what is wrong with the input', async () => {
    const answer = await asAdmin('createUser', { email: 'nobody', name: ' ', role: 'TENANT_USER' });
    expect(answer.userErrors.map(({ field }) => field)).toEqual(['email', 'name']);
  });
});

describe('disabling and enabling', () => {
  it('shuts a user out at the gate, in the registry and in Cognito', async () => {
    await member('TENANT_ADMIN');
    const { id } = await member('TENANT_USER');
    expect((await asAdmin('disableUser', { id })).user?.status).toBe('DISABLED');
    expect(await blockedUsers()).toEqual([id]);
    expect(await row(id)).toMatchObject({ status: 'DISABLED' });
    expect((await inCognito(id)).Enabled).toBe(false);

    expect((await asAdmin('enableUser', { id })).user?.status).toBe('ACTIVE');
    expect(await blockedUsers()).toEqual([]);
    expect((await inCognito(id)).Enabled).toBe(true);
  });

  it('can be repeated, and leaves the invited invited', async () => {
    const { id } = await member('TENANT_USER', { signedIn: false });
    for (const _ of [1, 2]) expect((await asAdmin('disableUser', { id })).user?.status).toBe('DISABLED');
    for (const _ of [1, 2]) expect((await asAdmin('enableUser', { id })).user?.status).toBe('INVITED');
  });
});

describe('the last admin', () => {
  it('can neither be disabled nor demoted', async () => {
    const { id } = await member('TENANT_ADMIN');
    await member('TENANT_ADMIN', { signedIn: false });
    await member('TENANT_USER');
    expect(codes(await asAdmin('disableUser', { id }))).toEqual(['LAST_ADMIN']);
    expect(codes(await asAdmin('updateUser', { id, role: 'TENANT_USER' }))).toEqual(['LAST_ADMIN']);
    expect(await blockedUsers()).toEqual([]);
    expect((await inCognito(id)).Enabled).toBe(true);
  });

  it('stays when two admins demote each other at the same moment', async () => {
    const [one, two] = [await member('TENANT_ADMIN'), await member('TENANT_ADMIN')];
    const answers = await Promise.all([one, two].map(({ id }) => asAdmin('updateUser', { id, role: 'TENANT_USER' })));
    expect(answers.flatMap(codes)).toEqual(['LAST_ADMIN']);
  });
});

describe('changing', () => {
  it('sets name and role', async () => {
    await member('TENANT_ADMIN');
    const { id } = await member('TENANT_USER');
    expect((await asAdmin('updateUser', { id, name: ' New ' })).user).toMatchObject({
      name: 'New',
      role: 'TENANT_USER',
    });
    expect((await asAdmin('updateUser', { id, role: 'TENANT_ADMIN' })).user).toMatchObject({ role: 'TENANT_ADMIN' });
    expect(codes(await asAdmin('updateUser', { id }))).toEqual(['INVALID_INPUT']);
  });
});

describe('isolation', () => {
  it.each(['updateUser', 'disableUser', 'enableUser'])(
    '%s answers NOT_FOUND for another tenant’s user',
    async (field) => {
      await member('TENANT_ADMIN');
      const { id } = await member('TENANT_USER');
      const other = `mallory-${tenants}-${field}`;
      await givenTenant(other);
      // The input names the victim's tenant too; the caller's counts.
      const answer = await asAdmin(field, { id, tenantId, name: 'X' }, { tenantId: other });
      expect(codes(answer)).toEqual(['NOT_FOUND']);
      expect((await inCognito(id)).Enabled).toBe(true);
      expect(await row(id)).toMatchObject({ name: 'Person', status: 'ACTIVE' });
    },
  );

  it('answers unknown ids alike', async () => {
    for (const id of ['', 'nobody', 'x'.repeat(3000)]) {
      expect(codes(await asAdmin('disableUser', { id }))).toEqual(['NOT_FOUND']);
    }
  });

  it('serves nobody but a tenant’s admin, and an operator only in the control plane', async () => {
    const input = { email: 'x@example.com', name: 'X', role: 'TENANT_ADMIN' };
    await expect(asAdmin('createUser', input, { role: 'TENANT_USER' })).rejects.toThrow('expected TENANT_ADMIN');
    await expect(asAdmin('createUser', input, { tenantId: undefined })).rejects.toThrow('expected TENANT_ADMIN');
    await expect(asAdmin('createTenantUser', { ...input, tenantId })).rejects.toThrow('does not resolve');
    await expect(asOperator('createTenantUser', input, 'CUSTOMER_SUPPORT')).rejects.toThrow('expected SYSTEM_ADMIN');
  });
});

describe('operators', () => {
  it('do the same for a tenant that they name, and it is in the audit log', async () => {
    const email = `by-operator-${tenants}@example.com`;
    const { user } = await asOperator('createTenantUser', { email, name: 'New', role: 'TENANT_ADMIN' });
    expect(user).toMatchObject({ tenantId, email });
    const { Items = [] } = await engine.documents.send(
      new QueryCommand({
        TableName: engine.tables.AUDIT_LOG_TABLE,
        IndexName: 'tenantId',
        KeyConditionExpression: 'tenantId = :tenantId',
        ExpressionAttributeValues: { ':tenantId': tenantId },
      }),
    );
    expect(Items).toMatchObject([{ actor: 'op', action: 'createTenantUser', actorEmail: 'op@example.com' }]);
  });

  it('shut out all users and let them in again, as often as they like', async () => {
    const ids = [(await member('TENANT_ADMIN')).id, (await member('TENANT_USER')).id];
    interface Counted {
      readonly count: number;
    }
    expect((await asOperator<Counted>('disableTenantUsers', {})).count).toBe(2);
    expect((await asOperator<Counted>('disableTenantUsers', {})).count).toBe(0);
    expect((await blockedUsers()).sort()).toEqual(ids.sort());
    expect((await asOperator<Counted>('enableTenantUsers', {})).count).toBe(2);
    expect(await blockedUsers()).toEqual([]);
  });

  it('learn of a tenant that is not there', async () => {
    for (const named of ['nobody', '', 'SLUG#x']) {
      const input = { tenantId: named, email: 'x@example.com', name: 'X', role: 'TENANT_USER', id: 'u' };
      for (const field of ['createTenantUser', 'disableTenantUser', 'enableTenantUser', 'disableTenantUsers']) {
        expect(codes(await asOperator(field, input))).toEqual(['NOT_FOUND']);
      }
    }
  });
});

function crashOnTransaction(send: (command: never) => Promise<unknown>) {
  return (command: object) => {
    if (command.constructor.name === 'TransactWriteCommand') throw new Error('crash');
    return send(command as never);
  };
}
