import { describe, expect, test } from 'vitest';
import { aCompany } from '../../support/given.ts';
import { aSupporter } from '../../support/people.ts';
import { shopOf } from '../../support/shop.ts';
import { scan } from '../../support/tables.ts';
import { operationsOf } from '../control-plane/operate.ts';
import type { Scene } from '../scene.ts';

export function tierFlows(scene: () => Scene): void {
  describe('setTenantTier within the pool', () => {
    test('while orders are being written: none is lost, none is there twice, each keeps its place', async () => {
      const { outputs } = scene();
      const operate = await operationsOf(scene());
      const { tenantId, admin } = await aCompany(outputs);
      const shop = shopOf(outputs, admin);
      const product = await shop.stock({ stock: 1000 });
      const acknowledged: string[] = [];
      const refusals: unknown[] = [];
      let isOver = false;
      const writing = Promise.all(
        Array.from({ length: 3 }, async () => {
          while (!isOver) {
            try {
              acknowledged.push((await shop.place(product.id)).id);
            } catch (error) {
              refusals.push(error);
            }
          }
        }),
      );
      for (const tier of ['PREMIUM', 'STANDARD', 'PREMIUM', 'BASIC']) {
        await operate.mutate('setTenantTier', { tenantId, tier }, 'tenant { tier }');
      }
      const { tenant } = await operate.mutate(
        'setTenantTier',
        { tenantId, tier: 'PREMIUM' },
        'tenant { tier limits { requestsPerSecond burst } }',
      );
      isOver = true;
      await writing;
      expect(tenant).toEqual({ tier: 'PREMIUM', limits: { requestsPerSecond: 100, burst: 200 } });
      const stored = (await scan(outputs, 'pooled-Orders')).filter((order) => order['tenantId'] === tenantId);
      expect(stored.map(({ orderId }) => orderId).sort()).toEqual([...acknowledged].sort());
      expect(new Set(stored.map(({ shardId }) => shardId))).toEqual(new Set([`${tenantId}#0`]));
      expect((await shop.product(product.id))?.stock).toBe(1000 - acknowledged.length);
      expect(acknowledged.length).toBeGreaterThan(0);
      for (const refusal of refusals) expect(String(refusal)).toContain('TooManyRequests');
    });

    test('the limits of the new tier hold from the next request on', async () => {
      const { outputs } = scene();
      const operate = await operationsOf(scene());
      const { tenantId, admin } = await aCompany(outputs);
      await operate.mutate('setTenantTier', { tenantId, tier: 'PREMIUM' }, 'tenant { tier }');
      const answer = await shopOf(outputs, admin).ask<{ tenant: object }>(
        '{ tenant { tier limits { requestsPerDay } } }',
      );
      expect(answer.data?.tenant).toEqual({ tier: 'PREMIUM', limits: { requestsPerDay: 5000 } });
    });

    test('nobody who only supports customers may change a tier or send a tenant away', async () => {
      const { outputs } = scene();
      const operate = await operationsOf(scene());
      const { tenantId, slug } = await aCompany(outputs);
      const support = await operationsOf(scene(), await aSupporter(outputs, operate.operator));
      const calls = [
        `setTenantTier(input: {tenantId: "${tenantId}", tier: PREMIUM}) { userErrors { code } }`,
        `offboardTenant(input: {tenantId: "${tenantId}", confirmSlug: "${slug}"}) { userErrors { code } }`,
        `cancelOffboarding(input: {tenantId: "${tenantId}"}) { userErrors { code } }`,
      ];
      for (const call of calls) expect(await support.refusal(`mutation { ${call} }`)).toBe('Unauthorized');
      expect(await operate.ask(`{ tenant(id: "${tenantId}") { tier status version } }`)).toMatchObject({
        tenant: { tier: 'BASIC', status: 'ACTIVE' },
      });
    });
  });
}
