import { enhancedFilter } from '../../infra/local/appsync/realtime/filter.ts';
import { quantile } from '../report/figures.ts';

const rounds = 200;

/** Microseconds that the filters of so many subscribers of so many tenants take for one event: what is asked for each. */
export function filterCost(subscribers: number, tenants: number): number {
  const filters = Array.from({ length: subscribers }, (_, index) =>
    // As resolvers/lib/subscribeOwn.ts makes them.
    enhancedFilter({
      filterGroup: [
        {
          filters: [
            { fieldName: 'tenantId', operator: 'eq', value: tenantOf(index % tenants) },
            { fieldName: 'publishedAt', operator: 'lt', value: 2_000_000_000 },
          ],
        },
      ],
    }),
  );
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const event = { tenantId: tenantOf(round % tenants), publishedAt: 1_800_000_000, type: 'UPDATED', product: {} };
    const from = performance.now();
    const accepted = filters.filter((accepts) => accepts(event)).length;
    samples.push((performance.now() - from) * 1000);
    if (accepted !== subscribers / tenants)
      throw new Error(`${accepted} filters let an event of one tenant pass, expected ${subscribers / tenants}`);
  }
  return quantile(samples, 0.5);
}

function tenantOf(index: number): string {
  return `01KB0T0000ABCDEFGHJKMN${String(index).padStart(4, '0')}`;
}
