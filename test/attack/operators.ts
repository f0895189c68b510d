import { beforeAll, describe, expect, test } from 'vitest';
import type { TenantLimits } from '../../generated/control-plane.ts';
import { anOperator, type Person } from '../support/given.ts';
import { graphql } from '../support/graphql.ts';
import { attempt, errorsOf, mutate } from '../support/mutate.ts';
import { leavesNoTrace, missing, type Scene } from './scene.ts';

const fine: TenantLimits = { requestsPerSecond: 100, burst: 200, requestsPerDay: 5000, requestsPerMonth: 150_000 };
const oddIds = [missing, '', 'pooled', 'SLUG#acme', 'a\u0000b', '🚀', 'x'.repeat(100_000)];

/** An operator's slips, and what someone at an operator's desk may try. */
export function operatorAttacks(scene: () => Scene): void {
  let operator: Person;
  beforeAll(async () => {
    operator = await anOperator(scene().cotenant.outputs);
  });
  const target = () => ({ url: scene().cotenant.outputs.controlPlane.graphqlUrl, headers: operator.headers });
  const tenantId = () => scene().companies.alice.tenantId;
  const selections: Readonly<Record<string, string>> = { updateTier: 'tier { tier }' };
  const operate = (field: string, input: object) =>
    mutate(
      target(),
      field,
      input,
      selections[field] ??
        (/Operator(?:Invitation)?$/.test(field)
          ? 'operator { id }'
          : /User(?:Invitation)?$/.test(field)
          ? 'user { id }'
          : 'tenant { id }'),
    );

  describe('an operator', () => {
    test('who names what is not there hears so, and nothing is written', async () => {
      await leavesNoTrace(scene(), async () => {
        for (const id of oddIds) {
          for (const [field, input] of [
            ['updateTenant', { name: 'X' }],
            ['setTenantLimits', { limits: fine }],
            ['suspendTenant', {}],
            ['activateTenant', {}],
            ['createTenantUser', { email: 'x@people.example', name: 'X', role: 'TENANT_USER' }],
            ['disableTenantUsers', {}],
            ['enableTenantUsers', {}],
          ] as const) {
            const payload = await operate(field, { tenantId: id, ...input });
            expect({ field, id, codes: errorsOf(payload) }).toEqual({ field, id, codes: ['NOT_FOUND tenantId'] });
          }
          for (const field of [
            'updateTenantUser',
            'disableTenantUser',
            'enableTenantUser',
            'resendTenantUserInvitation',
          ]) {
            const payload = await operate(field, {
              tenantId: tenantId(),
              id,
              ...(field === 'updateTenantUser' ? { name: 'X' } : {}),
            });
            expect({ field, id, codes: errorsOf(payload) }).toEqual({ field, id, codes: ['NOT_FOUND id'] });
          }
          for (const field of ['updateOperator', 'disableOperator', 'enableOperator', 'resendOperatorInvitation']) {
            const payload = await operate(field, { id, ...(field === 'updateOperator' ? { name: 'X' } : {}) });
            expect({ field, id, codes: errorsOf(payload) }).toEqual({ field, id, codes: ['NOT_FOUND id'] });
          }
          const query =
            'query Q($id: ID!) { tenant(id: $id) { id } operator(id: $id) { id } tenantUsers(tenantId: $id) { edges { cursor } } }';
          const { data, errors } = await graphql(target().url, operator.headers, query, { id });
          expect({ id, data, errors }).toEqual({
            id,
            data: { tenant: null, operator: null, tenantUsers: null },
            errors: [],
          });
        }
      });
    });

    test('who names a user of another tenant hears the same as for one that is not there', async () => {
      const { data } = await graphql<{ me: { id: string } }>(
        scene().mallory.target.url,
        scene().mallory.target.headers,
        '{ me { id } }',
      );
      await leavesNoTrace(scene(), async () => {
        for (const field of ['disableTenantUser', 'enableTenantUser', 'resendTenantUserInvitation']) {
          const ask = (id: string) => attempt(target(), field, { tenantId: tenantId(), id }, 'user { id }');
          expect(await ask(data?.me.id ?? '')).toEqual(await ask(missing));
        }
      });
    });

    test('cannot set limits that make no sense', async () => {
      await leavesNoTrace(scene(), async () => {
        for (const [name, value] of [
          ['requestsPerSecond', 0],
          ['requestsPerSecond', -1],
          ['requestsPerSecond', 2_147_483_647],
          ['burst', 0],
          ['burst', -5],
          ['burst', 2_147_483_647],
          ['requestsPerDay', 0],
          ['requestsPerDay', -1],
          ['requestsPerMonth', 0],
          ['requestsPerMonth', 4999],
        ] as const) {
          const limits = { ...fine, [name]: value };
          for (const [field, input] of [
            ['setTenantLimits', { tenantId: tenantId(), limits }],
            ['updateTier', { tier: 'BASIC', limits }],
          ] as const) {
            const payload = await operate(field, input);
            expect({ field, name, value, codes: [...new Set(errorsOf(payload))] }).toEqual({
              field,
              name,
              value,
              codes: expect.arrayContaining([`INVALID_INPUT limits.${name}`]) as unknown,
            });
            expect(payload.userErrors[0]?.message).toMatch(/expected/);
          }
        }
      });
    });

    test('cannot write bad names, currencies, addresses or stale versions', async () => {
      const cases: [string, object, string[]][] = [
        ['updateTenant', { name: '' }, ['INVALID_INPUT name']],
        ['updateTenant', { name: 'x'.repeat(101) }, ['INVALID_INPUT name']],
        ['updateTenant', { name: 'a\u0000b', currency: 'usd' }, ['INVALID_INPUT name', 'INVALID_INPUT currency']],
        ['updateTenant', { name: 'a\ud800b' }, ['INVALID_INPUT name']],
        ['updateTenant', { currency: 'DOLLARS' }, ['INVALID_INPUT currency']],
        ['updateTenant', { name: 'X', expectedVersion: 99 }, ['VERSION_CONFLICT expectedVersion']],
        ['updateTenant', {}, ['INVALID_INPUT']],
        ['suspendTenant', { reason: 'x'.repeat(100_000) }, ['INVALID_INPUT reason']],
        ['suspendTenant', { reason: 'a\ud800b' }, ['INVALID_INPUT reason']],
        [
          'createTenantUser',
          { email: 'x', name: '', role: 'TENANT_USER' },
          ['INVALID_INPUT email', 'INVALID_INPUT name'],
        ],
        [
          'createTenantUser',
          { email: scene().companies.mallory.admin.email, name: 'X', role: 'TENANT_ADMIN' },
          ['EMAIL_TAKEN email'],
        ],
      ];
      await leavesNoTrace(scene(), async () => {
        for (const [field, input, codes] of cases) {
          expect({ field, input, codes: errorsOf(await operate(field, { tenantId: tenantId(), ...input })) }).toEqual({
            field,
            input,
            codes,
          });
        }
        expect(errorsOf(await operate('updateTier', { tier: 'BASIC' }))).toEqual(['INVALID_INPUT']);
        for (const description of ['x'.repeat(100_000), 'a\ud800b']) {
          expect(errorsOf(await operate('updateTier', { tier: 'BASIC', description }))).toEqual([
            'INVALID_INPUT description',
          ]);
        }
        expect(errorsOf(await operate('createOperator', { email: 'x', name: ' ', role: 'SYSTEM_ADMIN' }))).toEqual([
          'INVALID_INPUT email',
          'INVALID_INPUT name',
        ]);
        expect(
          errorsOf(await operate('createOperator', { email: operator.email, name: 'X', role: 'SYSTEM_ADMIN' })),
        ).toEqual(['EMAIL_TAKEN email']);
      });
    });

    test('an update of no field of a person is refused', async () => {
      const { data } = await graphql<{ me: { id: string } }>(
        scene().alice.target.url,
        scene().alice.target.headers,
        '{ me { id } }',
      );
      const id = data?.me.id ?? '';
      await leavesNoTrace(scene(), async () => {
        expect(errorsOf(await operate('updateTenantUser', { tenantId: tenantId(), id }))).toEqual([
          'INVALID_INPUT name',
        ]);
        expect(errorsOf(await mutate(scene().alice.target, 'updateUser', { id }, 'user { id }'))).toEqual([
          'INVALID_INPUT name',
        ]);
      });
    });

    test('who is the last administrator stays one', async () => {
      const { data } = await graphql<{ operators: { edges: { node: { id: string; role: string } }[] } }>(
        target().url,
        operator.headers,
        '{ operators { edges { node { id role } } } }',
      );
      const admins = (data?.operators.edges ?? []).filter(({ node }) => node.role === 'SYSTEM_ADMIN');
      expect(admins).toHaveLength(1);
      const id = admins[0]?.node.id;
      expect(errorsOf(await operate('disableOperator', { id }))).toEqual(['LAST_ADMIN id']);
      expect(errorsOf(await operate('updateOperator', { id, role: 'CUSTOMER_SUPPORT' }))).toEqual([
        expect.stringMatching(/^LAST_ADMIN/),
      ]);
      expect(errorsOf(await operate('updateOperator', { id }))).toEqual(['INVALID_INPUT name']);
    });

    test('asks for pages that are none', async () => {
      for (const list of ['tenants', 'auditLog', 'operators']) {
        for (const args of ['first: 0', 'first: -1', 'after: "x"', 'after: "bnVsbA=="']) {
          const { errors } = await graphql(target().url, operator.headers, `{ ${list}(${args}) { edges { cursor } } }`);
          expect({ list, args, errors }).toMatchObject({
            list,
            args,
            errors: [{ errorType: 'BadRequest', message: expect.stringMatching(/^(first|after): /) as unknown }],
          });
        }
        const all = await graphql(
          target().url,
          operator.headers,
          `{ ${list}(first: 1000000000) { edges { cursor } } }`,
        );
        expect(all.errors).toEqual([]);
      }
      const { data } = await graphql<{ tenants: { edges: { cursor: string }[] } }>(
        target().url,
        operator.headers,
        '{ tenants(first: 1) { edges { cursor } } }',
      );
      const cursor = data?.tenants.edges[0]?.cursor ?? '';
      for (const list of ['auditLog', 'operators', 'tenants(filter: {tier: BASIC})']) {
        const query = list.includes('(') ? list.replace(')', `, after: "${cursor}")`) : `${list}(after: "${cursor}")`;
        const { errors } = await graphql(target().url, operator.headers, `{ ${query} { edges { cursor } } }`);
        expect({ query, errors }).toMatchObject({ query, errors: [{ errorType: 'BadRequest' }] });
      }
    });
  });
}
