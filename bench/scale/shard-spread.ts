import type { Outputs } from '../../infra/start/outputs.ts';
import { aCompany } from '../../test/support/given.ts';
import { shopOf } from '../../test/support/shop.ts';
import { scan } from '../../test/support/tables.ts';
import { atMost, type Row } from '../report/figures.ts';

/** One busy tenant's new products and orders, by the partition that they went to: a premium tenant has two. */
export async function spreadRows(outputs: Outputs, count: number): Promise<Row[]> {
  const { tenantId, admin } = await aCompany(outputs, { tier: 'PREMIUM' });
  const shop = shopOf(outputs, admin);
  // A premium tenant's burst is 200, its rate 100 a second.
  const { id } = await shop.stock({ stock: count });
  for (let made = 1; made < count; made += 1) await shop.stock();
  for (let placed = 0; placed < count; placed += 1) await shop.place(id);
  const spread = async (kind: string, table: string): Promise<Row> => {
    const stored = (await scan(outputs, table)).filter((item) => item['tenantId'] === tenantId);
    if (stored.length !== count) throw new Error(`${stored.length} ${kind} are stored, expected ${count}`);
    const shards = countBy(stored.map((item) => String(item['shardId'])));
    const fullest = (Math.max(...shards) / count) * 100;
    return {
      name: `A premium tenant’s ${count} new ${kind}, in its fullest partition of ${shards.length}`,
      figure: `${fullest.toFixed(0)} %`,
      goal: atMost(60, fullest, ' %', 0),
    };
  };
  return [await spread('products', 'pooled-Products'), await spread('orders', 'pooled-Orders')];
}

export function countBy(names: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.values()];
}
