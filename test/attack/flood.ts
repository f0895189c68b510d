import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { aCompany } from '../support/given.ts';
import { RealtimeClient } from '../support/realtime.ts';
import { type Shop, shopOf } from '../support/shop.ts';
import { scan } from '../support/tables.ts';
import type { Scene } from './scene.ts';

/** More than a tenant's share. Its limits here: BASIC, 50 a second with bursts of 50. */
export function floodAttacks(scene: () => Scene): void {
  let tenantId: string;
  let shop: Shop;
  beforeAll(async () => {
    const company = await aCompany(scene().cotenant.outputs, { tier: 'BASIC' });
    tenantId = company.tenantId;
    shop = shopOf(scene().cotenant.outputs, company.admin);
  }, 60_000);

  const counted = async (prefix: 'day#' | 'refused#') => {
    const gate = (await scan(scene().cotenant.outputs, 'control-plane-Gates')).find(
      (item) => item['tenantId'] === tenantId,
    );
    const today = Object.entries(gate ?? {}).find(([name]) => name.startsWith(prefix));
    return Number(today?.[1] ?? 0);
  };
  const charged = () => counted('day#');

  describe('a flood', () => {
    test('of aliases in one request is charged one by one, and cut off at the burst', async () => {
      const before = await charged();
      const startedAt = Date.now();
      const { data, errors } = await shop.ask(
        `{ ${Array.from({ length: 100 }, (_, index) => `a${index}: tenant { id }`).join(' ')} }`,
      );
      const seconds = (Date.now() - startedAt) / 1000;
      // `tenant` is never null, so one refusal takes the data of all.
      expect(data).toBeNull();
      const refusals = errors.filter(({ errorType }) => errorType === 'TooManyRequests');
      expect(refusals.length).toBe(errors.length);
      expect(refusals.length).toBeGreaterThan(0);
      for (const { errorInfo } of refusals)
        expect((errorInfo as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0);
      const admitted = (await charged()) - before;
      expect(admitted).toBeGreaterThanOrEqual(45);
      expect(admitted).toBeLessThanOrEqual(50 + Math.ceil(50 * seconds) + 1);
    });

    test('of mutations by aliases makes no more than was admitted', async () => {
      const create = 'createProduct(input: {sku: "FLOOD", name: "N", price: 1, stock: 1}) { product { id } }';
      const before = await charged();
      await shop.ask(`mutation { ${Array.from({ length: 90 }, (_, index) => `a${index}: ${create}`).join(' ')} }`);
      const products = await scan(scene().cotenant.outputs, 'pooled-Products');
      const made = products.filter((item) => item['sku'] === 'FLOOD' && item['tenantId'] === tenantId).length;
      expect(made).toBeLessThanOrEqual((await charged()) - before);
    });

    test('of requests is cut off for that tenant, counted, and no other feels it', async () => {
      const before = { charged: await charged(), refused: await counted('refused#') };
      const answers = await Promise.all(Array.from({ length: 200 }, () => shop.ask('{ product(id: "x") { id } }')));
      const refused = answers.filter(({ errors }) => errors[0]?.errorType === 'TooManyRequests');
      expect(refused.length).toBeGreaterThan(0);
      expect(answers.filter(({ errors }) => errors.length > 0)).toHaveLength(refused.length);
      expect((await counted('refused#')) - before.refused).toBe(refused.length);
      expect((await charged()) - before.charged).toBe(answers.length - refused.length);
      expect((await scene().alice.ask('{ me { role } }')).errors).toEqual([]);
      const wait = Math.max(
        ...refused.map(({ errors }) => (errors[0]?.errorInfo as { retryAfterMs: number }).retryAfterMs),
      );
      expect(wait).toBeLessThanOrEqual(1000);
      await setTimeout(wait + 50);
      expect((await shop.ask('{ product(id: "x") { id } }')).errors).toEqual([]);
    });

    test('of subscriptions is charged too, once for each start', async () => {
      await setTimeout(1100);
      const { realtimeUrl } = scene().cotenant.outputs.pooled;
      const client = await RealtimeClient.enter(realtimeUrl, shop.target.headers);
      const before = await charged();
      for (const id of ['a', 'b', 'c']) {
        const answer = await client.start(id, 'subscription { onOrderChanged { type } }', shop.target.headers);
        expect(answer.type).toBe('start_ack');
      }
      expect(await charged()).toBe(before + 3);
      client.close();
    });
  });
}
