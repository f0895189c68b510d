import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditLogConnection, Operator, OperatorConnection, TenantUser } from '../../../generated/control-plane.ts';
import { aCompany, chosenPassword, type Company, mailsTo, signIn, temporaryPassword } from '../../support/given.ts';
import { errorsOf, mutate } from '../../support/mutate.ts';
import { shopOf } from '../../support/shop.ts';
import type { Scene } from '../scene.ts';
import { type Operations, operationsOf } from './operate.ts';

const userFields = 'user { id tenantId email name role status }';
const operatorFields = 'operator { id email name role status }';

/** Operators and people: of companies, and of their own kind. */
export function peopleFlows(scene: () => Scene): void {
  let operate: Operations;
  beforeAll(async () => {
    operate = await operationsOf(scene());
  });
  const entriesOf = async (filter: object, fields = 'actor actorEmail action tenantId detail') => {
    const query = `query A($filter: AuditLogFilter) { auditLog(filter: $filter) { edges { node { ${fields} } } } }`;
    const { auditLog } = await operate.ask<{ auditLog: AuditLogConnection }>(query, { filter });
    return auditLog.edges.map(({ node }) => node);
  };

  describe('a user whom an operator creates for a tenant', () => {
    let company: Company;
    let user: TenantUser;
    const email = 'cai@people.example';
    beforeAll(async () => {
      company = await aCompany(scene().outputs);
      const input = { tenantId: company.tenantId, email, name: ' Cai  Colleague ', role: 'TENANT_USER' };
      const payload = await operate.mutate<TenantUser>('createTenantUser', input, userFields);
      if (!payload['user']) throw new Error(errorsOf(payload).join());
      user = payload['user'];
    }, 60_000);
    const enter = async (password: string) =>
      await signIn(scene().outputs, scene().outputs.pooled.userPoolClientId, email, password, chosenPassword);

    test('is invited by mail, signs in and may do what the role may', async () => {
      expect(user).toMatchObject({ tenantId: company.tenantId, email, role: 'TENANT_USER', status: 'INVITED' });
      expect(await mailsTo(scene().outputs, email)).toMatchObject([{ subject: 'Your workspace is waiting' }]);
      const lost = await temporaryPassword(scene().outputs, email);
      const again = { tenantId: company.tenantId, id: user.id };
      const resend = () => operate.mutate('resendTenantUserInvitation', again, userFields);
      expect(await resend()).toMatchObject({ user: { status: 'INVITED' }, userErrors: [] });
      expect(errorsOf(await resend())).toEqual(['INVALID_STATE id']);
      expect(await mailsTo(scene().outputs, email)).toHaveLength(2);
      await expect(enter(lost)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      const person = await enter(await temporaryPassword(scene().outputs, email));
      expect(errorsOf(await resend())).toEqual(['INVALID_STATE id']);
      const shop = shopOf(scene().outputs, person);
      expect((await shop.ask('{ me { email role tenant: id } products { edges { cursor } } }')).data).toMatchObject({
        me: { email, role: 'TENANT_USER' },
        products: { edges: [] },
      });
      for (const text of ['{ users { edges { cursor } } }', `{ user(id: "${user.id}") { email } }`]) {
        expect((await shop.ask(text)).errors).toMatchObject([{ errorType: 'Unauthorized' }]);
      }
      const query = `query U($id: ID!) { tenantUsers(tenantId: $id) { edges { node { email role status } } } }`;
      const { tenantUsers } = await operate.ask<{ tenantUsers: { edges: { node: TenantUser }[] } }>(query, {
        id: company.tenantId,
      });
      expect(tenantUsers.edges.map(({ node }) => `${node.email} ${node.role} ${node.status}`).sort()).toEqual(
        [`${company.admin.email} TENANT_ADMIN ACTIVE`, `${email} TENANT_USER ACTIVE`].sort(),
      );
    });

    test('is disabled from the next request on, and enabled again', async () => {
      const person = await enter(chosenPassword);
      const set = (verb: 'disable' | 'enable') =>
        operate.mutate<TenantUser>(`${verb}TenantUser`, { tenantId: company.tenantId, id: user.id }, userFields);
      const me = async ({ headers }: typeof person) =>
        (await shopOf(scene().outputs, { headers }).ask('{ me { email } }')).errors[0]?.errorType;
      expect(await me(person)).toBeUndefined();
      expect(await set('disable')).toMatchObject({ user: { status: 'DISABLED' }, userErrors: [] });
      expect(await me(person)).toBe('Unauthorized');
      await expect(enter(chosenPassword)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      expect(await set('enable')).toMatchObject({ user: { status: 'ACTIVE' }, userErrors: [] });
      expect(await me(await enter(chosenPassword))).toBeUndefined();
    });

    test('becomes an administrator, and is one no longer, by either plane, while another stays', async () => {
      const { tenantId } = company;
      const as = (role: TenantUser['role']) => ({ tenantId, id: user.id, role });
      const promoted = { user: { role: 'TENANT_ADMIN' }, userErrors: [] };
      const demoted = { user: { role: 'TENANT_USER' }, userErrors: [] };
      expect(await operate.mutate('updateTenantUser', as('TENANT_ADMIN'), userFields)).toMatchObject(promoted);
      const person = await enter(chosenPassword);
      expect((await shopOf(scene().outputs, person).ask('{ users { edges { cursor } } }')).errors).toEqual([]);
      expect(await operate.mutate('updateTenantUser', as('TENANT_USER'), userFields)).toMatchObject(demoted);

      const { target } = shopOf(scene().outputs, company.admin);
      const set = (role: TenantUser['role']) =>
        mutate<TenantUser>(target, 'updateUser', { id: user.id, role }, 'user { role }');
      expect(await set('TENANT_ADMIN')).toMatchObject(promoted);
      expect(await set('TENANT_USER')).toMatchObject(demoted);
      const taken = { tenantId, email, name: 'Another', role: 'TENANT_USER' };
      expect(errorsOf(await operate.mutate('createTenantUser', taken, userFields))).toEqual(['EMAIL_TAKEN email']);
    });

    test('is shut out with all others, and let in with them', async () => {
      const { tenantId } = company;
      const all = (verb: 'disable' | 'enable') =>
        operate.mutate(`${verb}TenantUsers`, { tenantId }, 'tenant { id } count');
      const error = async () =>
        (await shopOf(scene().outputs, company.admin).ask('{ me { email } }')).errors[0]?.errorType;
      expect(await all('disable')).toMatchObject({ tenant: { id: tenantId }, count: 2, userErrors: [] });
      expect(await error()).toBe('Unauthorized');
      await expect(enter(chosenPassword)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      expect(await all('enable')).toMatchObject({ count: 2, userErrors: [] });
      await enter(chosenPassword);
    });

    test('has left a trace in the audit log, with who did it', async () => {
      const { operator } = scene().outputs;
      const entries = await entriesOf({ tenantId: company.tenantId });
      expect(entries.map(({ action }) => action)).toEqual([
        'enableTenantUsers',
        'disableTenantUsers',
        'updateTenantUser',
        'updateTenantUser',
        'enableTenantUser',
        'disableTenantUser',
        'resendTenantUserInvitation',
        'createTenantUser',
        'activateTenant',
        'registerTenant',
      ]);
      for (const entry of entries.slice(0, 8)) {
        expect(entry).toMatchObject({ actorEmail: operator.email, tenantId: company.tenantId });
      }
      expect(entries.slice(8).map(({ actor }) => actor)).toEqual(['system', 'public']);
      expect(JSON.stringify(entries)).not.toContain(chosenPassword);
      expect(entries[7]?.detail).toContain(email);
      expect(await entriesOf({ tenantId: company.tenantId, action: 'disableTenantUser' })).toHaveLength(1);
    });
  });

  describe('an operator of customer support', () => {
    let supporter: Operator;
    let support: Operations;
    beforeAll(async () => {
      const { outputs } = scene();
      const email = 'sam@support.example';
      const input = { email, name: 'Sam Support', role: 'CUSTOMER_SUPPORT' };
      const payload = await operate.mutate<Operator>('createOperator', input, operatorFields);
      if (!payload['operator']) throw new Error(errorsOf(payload).join());
      supporter = payload['operator'];
      const temporary = await temporaryPassword(outputs, email);
      const person = await signIn(outputs, outputs.controlPlane.userPoolClientId, email, temporary, chosenPassword);
      support = await operationsOf(scene(), person);
    }, 60_000);

    test('reads tenants and the audit log, and writes nothing', async () => {
      const company = await aCompany(scene().outputs);
      expect((await support.tenants({ slugPrefix: company.slug })).edges).toHaveLength(1);
      expect(await support.refusal('{ auditLog { edges { node { action } } } }')).toBeUndefined();
      for (const [kind, text] of [
        ['mutation', `suspendTenant(input: {tenantId: "${company.tenantId}"}) { tenant { id } }`],
        ['mutation', 'updateTier(input: {tier: BASIC, description: "x"}) { tier { tier } }'],
        ['mutation', `disableOperator(input: {id: "${supporter.id}"}) { operator { id } }`],
        ['query', 'operators { edges { cursor } }'],
      ] as const) {
        expect([text, await support.refusal(`${kind} { ${text} }`)]).toEqual([text, 'Unauthorized']);
      }
      const { tenant } = await support.ask<{ tenant: object }>(`{ tenant(id: "${company.tenantId}") { status } }`);
      expect(tenant).toEqual({ status: 'ACTIVE' });
    });

    test('is listed, changed, disabled and enabled by system administrators, all of it audited', async () => {
      const query = '{ operators { edges { node { id email role status } } } }';
      const { operators } = await operate.ask<{ operators: OperatorConnection }>(query);
      expect(operators.edges.map(({ node }) => `${node.email} ${node.role} ${node.status}`).sort()).toEqual([
        `${scene().outputs.operator.email} SYSTEM_ADMIN ACTIVE`,
        'sam@support.example CUSTOMER_SUPPORT ACTIVE',
      ]);
      const { id } = supporter;
      expect(await operate.ask('query O($id: ID!) { operator(id: $id) { email } }', { id })).toEqual({
        operator: { email: 'sam@support.example' },
      });
      expect(await operate.mutate('updateOperator', { id, name: 'Sam S.' }, operatorFields)).toMatchObject({
        operator: { name: 'Sam S.', role: 'CUSTOMER_SUPPORT' },
        userErrors: [],
      });
      for (const role of ['SYSTEM_ADMIN', 'CUSTOMER_SUPPORT']) {
        expect(await operate.mutate('updateOperator', { id, role }, operatorFields)).toMatchObject({
          operator: { role },
          userErrors: [],
        });
      }
      expect(await operate.mutate('disableOperator', { id }, operatorFields)).toMatchObject({
        operator: { status: 'DISABLED' },
        userErrors: [],
      });
      const { outputs } = scene();
      const again = () => signIn(outputs, outputs.controlPlane.userPoolClientId, 'sam@support.example', chosenPassword);
      await expect(again()).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'User is disabled.' });
      expect(await operate.mutate('enableOperator', { id }, operatorFields)).toMatchObject({
        operator: { status: 'ACTIVE' },
      });
      await again();

      const mine = operators.edges.find(({ node }) => node.email === outputs.operator.email)?.node.id ?? '';
      expect(errorsOf(await operate.mutate('disableOperator', { id: mine }, operatorFields))).toEqual([
        'LAST_ADMIN id',
      ]);
      for (const action of ['createOperator', 'updateOperator', 'disableOperator', 'enableOperator']) {
        const entries = await entriesOf({ action });
        expect(entries).toHaveLength(action === 'updateOperator' ? 3 : 1);
        for (const entry of entries) {
          expect(entry).toMatchObject({ actor: mine, actorEmail: outputs.operator.email });
          expect(entry.detail).toContain(id);
        }
      }
    });
  });
}
