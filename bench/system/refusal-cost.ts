import type { Outputs } from '../../infra/start/outputs.ts';
import { aCompany, anOperator } from '../../test/support/given.ts';
import { graphql } from '../../test/support/graphql.ts';
import { quantile, type Row } from '../report/figures.ts';
import { setLimits } from '../shops/set-limits.ts';

const plenty = { requestsPerSecond: 1000, burst: 1000, requestsPerDay: 10_000_000, requestsPerMonth: 100_000_000 };
/** Of each kind of answer, the limits that lead to it. */
const limitsOf = {
  admitted: plenty,
  TooManyRequests: { ...plenty, requestsPerSecond: 1, burst: 1 },
  QuotaExceeded: { ...plenty, requestsPerDay: 1 },
} as const;
type Answer = keyof typeof limitsOf;
const answers: readonly Answer[] = ['admitted', 'TooManyRequests', 'QuotaExceeded'];

/** What a refused request takes by what an admitted one takes: `product(id)` of three tenants, in turn. What the slow tenant's rate lets through is left out. */
export async function refusalCost(outputs: Outputs, requests: number): Promise<Row> {
  const operator = await anOperator(outputs);
  const times: Record<Answer, number[]> = { admitted: [], TooManyRequests: [], QuotaExceeded: [] };
  const asks = await Promise.all(
    answers.map(async (expected) => {
      const { tenantId, admin } = await aCompany(outputs, { tier: 'PREMIUM' });
      await setLimits(outputs, operator, tenantId, limitsOf[expected]);
      return async () => {
        const from = performance.now();
        const { errors } = await graphql(outputs.pooled.graphqlUrl, admin.headers, '{ product(id: "none") { id } }');
        const took = performance.now() - from;
        const answer = errors[0] ? errors[0].errorType : 'admitted';
        if (answer === expected) return took;
        if (expected === 'admitted' || answer !== 'admitted')
          throw new Error(`product(id) was answered ${String(answer)}, expected ${expected}`);
        return undefined;
      };
    }),
  );
  for (let round = -10; round < requests; round += 1) {
    for (const [index, answer] of answers.entries()) {
      const took = await asks[index]?.();
      // The first ones fill caches.
      if (round >= 0 && took !== undefined) times[answer].push(took);
    }
  }
  const admitted = quantile(times.admitted, 0.5);
  const figures = answers.slice(1).map((answer) => {
    const refused = quantile(times[answer], 0.5);
    return `${answer} ${refused.toFixed(2)} ms, ${(refused / admitted).toFixed(2)} times (n ${times[answer].length})`;
  });
  return {
    name: 'A refusal by `product(id)` admitted',
    figure: `p50 by ${admitted.toFixed(2)} ms (n ${times.admitted.length}): ${figures.join('; ')}`,
  };
}
