import { AdminListGroupsForUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Services } from './services.ts';
import { codes, startUsersScene, type UsersScene } from './testing/users-scene.ts';

let scene: UsersScene;
beforeAll(async () => {
  scene = await startUsersScene();
});
afterAll(() => scene.stop());
beforeEach(() => scene.nextTenant());

describe('inviting', () => {
  it('mails a temporary password and makes a member, in the tenant’s group', async () => {
    const { user, userErrors } = await scene.asAdmin('createUser', {
      email: ' Ann@Example.com ',
      name: ' Ann ',
      role: 'TENANT_USER',
    });
    expect(userErrors).toEqual([]);
    expect(user).toMatchObject({
      tenantId: scene.tenantId,
      email: 'ann@example.com',
      name: 'Ann',
      role: 'TENANT_USER',
      status: 'INVITED',
    });
    expect(scene.cognito.mails[0]).toMatchObject({ to: 'ann@example.com' });
    const groups = await scene.cognito.sdk.send(
      new AdminListGroupsForUserCommand({ UserPoolId: scene.userPoolId, Username: user?.id }),
    );
    expect(groups.Groups?.map(({ GroupName }) => GroupName)).toEqual([scene.tenantId]);
    expect(await scene.row(user?.id ?? '')).toMatchObject({ sub: user?.id, status: 'INVITED' });
  });

  it('refuses an address that is in use, in this tenant or another', async () => {
    const { email } = await scene.member('TENANT_USER');
    expect(codes(await scene.asAdmin('createUser', { email, name: 'Again', role: 'TENANT_USER' }))).toEqual([
      'EMAIL_TAKEN',
    ]);
    await scene.givenTenant(`other-${scene.tenantId}`);
    const elsewhere = { tenantId: `other-${scene.tenantId}` };
    expect(codes(await scene.asAdmin('createUser', { email, name: 'X', role: 'TENANT_ADMIN' }, elsewhere))).toEqual([
      'EMAIL_TAKEN',
    ]);
  });

  it('makes one member of two calls at the same moment', async () => {
    const input = { email: `twice-${scene.tenantId}@example.com`, name: 'Twice', role: 'TENANT_USER' };
    const answers = await Promise.all([scene.asAdmin('createUser', input), scene.asAdmin('createUser', input)]);
    expect(answers.filter(({ user }) => user)).toHaveLength(1);
  });

  it('goes on after a crash before the membership, with another mail, since nobody knows of the first', async () => {
    const input = { email: `crash-${scene.tenantId}@example.com`, name: 'Crash', role: 'TENANT_USER' };
    const { documents } = scene.services;
    const send = documents.send.bind(documents);
    const crashing = { ...scene.services, documents: { send: crashOnTransaction(send) } as Services['documents'] };
    await expect(scene.asAdmin('createUser', input, {}, crashing)).rejects.toThrow('crash');
    const mails = scene.cognito.mails.length;
    expect((await scene.asAdmin('createUser', input)).user).toMatchObject({ email: input.email });
    expect(scene.cognito.mails).toHaveLength(mails + 1);
  });

  it('names what is wrong with the input', async () => {
    const answer = await scene.asAdmin('createUser', { email: 'nobody', name: ' ', role: 'TENANT_USER' });
    expect(answer.userErrors.map(({ field }) => field)).toEqual(['email', 'name']);
  });
});

describe('disabling and enabling', () => {
  it('shuts a user out at the gate, in the registry and in Cognito', async () => {
    await scene.member('TENANT_ADMIN');
    const { id } = await scene.member('TENANT_USER');
    expect((await scene.asAdmin('disableUser', { id })).user?.status).toBe('DISABLED');
    expect(await scene.blockedUsers()).toEqual([id]);
    expect(await scene.row(id)).toMatchObject({ status: 'DISABLED' });
    expect((await scene.inCognito(id)).Enabled).toBe(false);

    expect((await scene.asAdmin('enableUser', { id })).user?.status).toBe('ACTIVE');
    expect(await scene.blockedUsers()).toEqual([]);
    expect((await scene.inCognito(id)).Enabled).toBe(true);
  });

  it('can be repeated, and leaves the invited invited', async () => {
    const { id } = await scene.member('TENANT_USER', { signedIn: false });
    for (const _ of [1, 2]) expect((await scene.asAdmin('disableUser', { id })).user?.status).toBe('DISABLED');
    for (const _ of [1, 2]) expect((await scene.asAdmin('enableUser', { id })).user?.status).toBe('INVITED');
  });
});

describe('the last admin', () => {
  it('can neither be disabled nor demoted', async () => {
    const { id } = await scene.member('TENANT_ADMIN');
    await scene.member('TENANT_ADMIN', { signedIn: false });
    await scene.member('TENANT_USER');
    expect(codes(await scene.asAdmin('disableUser', { id }))).toEqual(['LAST_ADMIN']);
    expect(codes(await scene.asAdmin('updateUser', { id, role: 'TENANT_USER' }))).toEqual(['LAST_ADMIN']);
    expect(await scene.blockedUsers()).toEqual([]);
    expect((await scene.inCognito(id)).Enabled).toBe(true);
  });

  it('stays when two admins demote each other at the same moment', async () => {
    const [one, two] = [await scene.member('TENANT_ADMIN'), await scene.member('TENANT_ADMIN')];
    const answers = await Promise.all(
      [one, two].map(({ id }) => scene.asAdmin('updateUser', { id, role: 'TENANT_USER' })),
    );
    expect(answers.flatMap(codes)).toEqual(['LAST_ADMIN']);
  });
});

describe('changing', () => {
  it('sets name and role', async () => {
    await scene.member('TENANT_ADMIN');
    const { id } = await scene.member('TENANT_USER');
    expect((await scene.asAdmin('updateUser', { id, name: ' New ' })).user).toMatchObject({
      name: 'New',
      role: 'TENANT_USER',
    });
    expect((await scene.asAdmin('updateUser', { id, role: 'TENANT_ADMIN' })).user).toMatchObject({
      role: 'TENANT_ADMIN',
    });
    expect(codes(await scene.asAdmin('updateUser', { id }))).toEqual(['INVALID_INPUT']);
  });
});

describe('isolation', () => {
  it.each(['updateUser', 'disableUser', 'enableUser', 'resendInvitation'])(
    '%s answers NOT_FOUND for another tenant’s user',
    async (field) => {
      await scene.member('TENANT_ADMIN');
      const { id } = await scene.member('TENANT_USER');
      const other = `mallory-${scene.tenantId}-${field}`;
      await scene.givenTenant(other);
      // The input names the victim's tenant too; the caller's counts.
      const answer = await scene.asAdmin(field, { id, tenantId: scene.tenantId, name: 'X' }, { tenantId: other });
      expect(codes(answer)).toEqual(['NOT_FOUND']);
      expect((await scene.inCognito(id)).Enabled).toBe(true);
      expect(await scene.row(id)).toMatchObject({ name: 'Person', status: 'ACTIVE' });
    },
  );

  it('answers unknown ids alike', async () => {
    for (const id of ['', 'nobody', 'x'.repeat(3000)]) {
      expect(codes(await scene.asAdmin('disableUser', { id }))).toEqual(['NOT_FOUND']);
    }
  });

  it('serves nobody but a tenant’s admin, and an operator only in the control plane', async () => {
    const input = { email: 'x@example.com', name: 'X', role: 'TENANT_ADMIN' };
    await expect(scene.asAdmin('createUser', input, { role: 'TENANT_USER' })).rejects.toThrow('expected TENANT_ADMIN');
    await expect(scene.asAdmin('createUser', input, { tenantId: undefined })).rejects.toThrow('expected TENANT_ADMIN');
    await expect(scene.asAdmin('createTenantUser', { ...input, tenantId: scene.tenantId })).rejects.toThrow(
      'does not resolve',
    );
    await expect(scene.asOperator('createTenantUser', input, 'CUSTOMER_SUPPORT')).rejects.toThrow(
      'expected SYSTEM_ADMIN',
    );
  });
});

describe('operators', () => {
  it('do the same for a tenant that they name, and it is in the audit log', async () => {
    const email = `by-operator-${scene.tenantId}@example.com`;
    const { user } = await scene.asOperator('createTenantUser', { email, name: 'New', role: 'TENANT_ADMIN' });
    expect(user).toMatchObject({ tenantId: scene.tenantId, email });
    expect(await scene.audited()).toMatchObject([
      { actor: 'op', action: 'createTenantUser', actorEmail: 'op@example.com' },
    ]);
  });

  it('shut out all users and let them in again, as often as they like', async () => {
    const ids = [(await scene.member('TENANT_ADMIN')).id, (await scene.member('TENANT_USER')).id];
    interface Counted {
      readonly count: number;
    }
    expect((await scene.asOperator<Counted>('disableTenantUsers', {})).count).toBe(2);
    expect((await scene.asOperator<Counted>('disableTenantUsers', {})).count).toBe(0);
    expect((await scene.blockedUsers()).sort()).toEqual(ids.sort());
    expect((await scene.asOperator<Counted>('enableTenantUsers', {})).count).toBe(2);
    expect(await scene.blockedUsers()).toEqual([]);
  });

  it('learn of a tenant that is not there', async () => {
    for (const named of ['nobody', '', 'SLUG#x']) {
      const input = { tenantId: named, email: 'x@example.com', name: 'X', role: 'TENANT_USER', id: 'u' };
      for (const field of ['createTenantUser', 'disableTenantUser', 'enableTenantUser', 'disableTenantUsers']) {
        expect(codes(await scene.asOperator(field, input))).toEqual(['NOT_FOUND']);
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
