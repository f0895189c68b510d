import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditLogConnection, OperatorConnection, TenantUserConnection } from '../../generated/control-plane.ts';
import type { JsonObject } from '../../infra/local/service.ts';
import { admin, type ControlPlane, startControlPlane } from '../testing/control-plane.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

describe('fields of functions', () => {
  test.each([
    ['registration', 'Mutation.registerTenant'],
    ['tenantUsers', 'Mutation.createTenantUser'],
    ['tenantUsers', 'Mutation.disableTenantUsers'],
    ['operators', 'Mutation.disableOperator'],
    ['operators', 'Query.operator'],
  ])('%s resolves %s with the identity of the authorizer', async (dataSource, coordinate) => {
    plane.functions[dataSource] = (payload) => payload;
    const args = { input: { tenantId: 'T1' }, identity: { role: 'forged' } };
    const field = coordinate.split('.')[1];
    expect(await plane.ask(coordinate, args)).toEqual({ field, arguments: args, identity: admin });
    expect(await plane.ask(coordinate, args, null)).toEqual({ field, arguments: args, identity: null });
  });
});

describe('operators', () => {
  const everyone = Array.from({ length: 5 }, (_, index) => ({
    id: `o${index}`,
    sortKey: `${index}@example.com#o${index}`,
  }));

  test('pages what the function finds', async () => {
    const asked: JsonObject[] = [];
    plane.functions['operators'] = (payload) => {
      const { limit, after } = payload['arguments'] as { limit: number; after: string };
      asked.push(payload);
      return everyone.filter(({ sortKey }) => sortKey > after).slice(0, limit);
    };
    const first = await plane.ask<OperatorConnection>('Query.operators', { first: 2 });
    expect(first.edges.map(({ node }) => node.id)).toEqual(['o0', 'o1']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await plane.ask<OperatorConnection>('Query.operators', {
      first: 9,
      after: first.pageInfo.endCursor ?? '',
    });
    expect(rest.edges.map(({ node }) => node.id)).toEqual(['o2', 'o3', 'o4']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect(asked[0]).toMatchObject({ field: 'operators', identity: admin });
  });
});

describe('tenantUsers', () => {
  test('pages one tenant’s users; null for an unknown tenant', async () => {
    await plane.givenTenant('T1');
    for (const [tenantId, userId] of [
      ['T1', 'u1'],
      ['T1', 'u2'],
      ['T1', 'u3'],
      ['T2', 'u9'],
    ]) {
      const Item = {
        tenantId,
        userId,
        sub: userId,
        email: `${userId}@x.example`,
        name: 'U',
        role: 'TENANT_USER',
        status: 'ACTIVE',
      };
      await plane.documents.send(new PutCommand({ TableName: plane.tables.TENANT_USERS_TABLE, Item }));
    }
    const first = await plane.ask<TenantUserConnection>('Query.tenantUsers', { tenantId: 'T1', first: 2 });
    expect(first.edges.map(({ node }) => [node.id, node.tenantId])).toEqual([
      ['u1', 'T1'],
      ['u2', 'T1'],
    ]);
    const after = first.pageInfo.endCursor ?? '';
    const rest = await plane.ask<TenantUserConnection>('Query.tenantUsers', { tenantId: 'T1', after });
    expect(rest.edges.map(({ node }) => node.id)).toEqual(['u3']);
    expect(await plane.ask('Query.tenantUsers', { tenantId: 'T2' })).toBeNull();
    await expect(plane.ask('Query.tenantUsers', { tenantId: 'T2', after })).rejects.toMatchObject({
      errorType: 'BadRequest',
    });
  });
});

describe('auditLog', () => {
  test('newest first, by tenant and by action, over pages', async () => {
    for (let index = 0; index < 12; index += 1) {
      const id = `01J0000000000000000000${String(index).padStart(4, '0')}`;
      const Item = {
        listing: 'AUDIT',
        id,
        at: '2026-11-23T10:00:00.000Z',
        actor: 'system',
        action: index % 3 ? 'activateTenant' : 'registerTenant',
        tenantId: index % 2 ? 'A' : 'B',
      };
      await plane.documents.send(new PutCommand({ TableName: plane.tables.AUDIT_LOG_TABLE, Item }));
    }
    const numbers = (connection: AuditLogConnection) => connection.edges.map(({ node }) => Number(node.id.slice(-4)));
    const walk = async (filter: JsonObject | null, first: number) => {
      const found: number[] = [];
      let after: string | null = null;
      do {
        const page: AuditLogConnection = await plane.ask('Query.auditLog', { filter, first, after });
        found.push(...numbers(page));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor ?? null : null;
      } while (after);
      return found;
    };
    expect(await walk(null, 5)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await walk({ tenantId: 'A' }, 4)).toEqual([11, 9, 7, 5, 3, 1]);
    expect(await walk({ action: 'registerTenant' }, 3)).toEqual([9, 6, 3, 0]);
    expect(await walk({ tenantId: 'A', action: 'registerTenant' }, 1)).toEqual([9, 3]);
  });
});
