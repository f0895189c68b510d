import { describe, expect, it } from 'vitest';
import { cloneTenant, itemsOfTenant, otherUlid, type StoredItem } from './clone-tenant.ts';

const tenantId = '01KB0T0000ABCDEFGHJKMNPQRS';
const productId = '01KB0T0000ABCDEFGHJKMNPQRT';
const userId = '4d9be83b-1111-4222-8333-444455556666';
const tenant = { table: 'Tenants', item: { tenantId: { S: tenantId }, slug: { S: 'original' } } };
const user = { table: 'TenantUsers', item: { tenantId: { S: tenantId }, userId: { S: userId } } };
const product = { table: 'Products', item: { shardId: { S: `${tenantId}#0` }, productId: { S: productId } } };
const account = {
  table: 'state',
  item: { collection: { S: 'cognito/users' }, value: { S: `{"sub":"${userId}","sequence":3}` } },
};
const stranger = { table: 'Tenants', item: { tenantId: { S: '01KB0T0000ZZZZZZZZZZZZZZZZ' } } };
const all: StoredItem[] = [account, stranger, tenant, user, product];

describe('the items of a tenant', () => {
  it('are those with its names, and those with the ids that they bring up', () => {
    expect(itemsOfTenant(all, [tenantId])).toEqual([account, tenant, user, product]);
  });
});

describe('a clone', () => {
  const clone = (number: number) => cloneTenant([tenant, user, product, account], 'original', number);

  it('has ids of its own, which agree among its items', () => {
    const [first, second, third, fourth] = clone(33);
    const id = (first?.item as typeof tenant.item).tenantId.S;
    expect(id).not.toBe(tenantId);
    expect(first?.item).toMatchObject({ slug: { S: 'tenant-000033' } });
    expect(second?.item).toMatchObject({ tenantId: { S: id }, userId: { S: '00000021-1111-4222-8333-444455556666' } });
    expect(third?.item).toMatchObject({ shardId: { S: `${id}#0` } });
    expect(JSON.stringify(fourth)).toContain('00000021-1111');
  });

  it('is no other clone', () => {
    const ids = Array.from({ length: 2000 }, (_, number) => otherUlid(tenantId, number));
    expect(new Set(ids).size).toBe(2000);
    expect(new Set([...ids, ...Array.from({ length: 2000 }, (_, number) => otherUlid(productId, number))]).size).toBe(
      4000,
    );
    expect(ids.every((id) => /^01KB0T0000[0-9A-HJKMNP-TV-Z]{16}$/.test(id))).toBe(true);
  });

  it('takes the place of its number among the users', () => {
    expect((clone(7)[3]?.item as typeof account.item).value.S).toContain('"sequence":10');
  });
});
