import { setTimeout as sleep } from 'node:timers/promises';
import type { Outputs } from '../../infra/start/outputs.ts';
import { aCompany, anOperator } from '../../test/support/given.ts';
import { graphqlData } from '../../test/support/graphql.ts';
import { quantile, type Row } from '../report/figures.ts';

/** Below the rate of the tier, so that requests are admitted in one write. */
const pace = 30;

/**
 * What the gate adds to a request. No field of tenants is without it, so `me` is compared with an operator's `tenant(id)`: an answer of
 * the authorizer that is kept, one GetItem, one item answered, but no gate. By turns, in one run.
 */
export async function gateCost(outputs: Outputs, pairs = 200): Promise<Row> {
  const { tenantId, admin } = await aCompany(outputs, { tier: 'STANDARD' });
  const operator = await anOperator(outputs);
  const gated = () => graphqlData(outputs.pooled.graphqlUrl, admin.headers, '{ me { id email } }');
  const ungated = () =>
    graphqlData(
      outputs.controlPlane.graphqlUrl,
      operator.headers,
      'query T($id: ID!) { tenant(id: $id) { id name } }',
      {
        id: tenantId,
      },
    );
  const through: number[] = [];
  const without: number[] = [];
  for (let pair = -20; pair < pairs; pair += 1) {
    for (const [sample, ask] of [
      [through, gated],
      [without, ungated],
    ] as const) {
      const from = performance.now();
      await ask();
      // The first ones fill caches.
      if (pair >= 0) sample.push(performance.now() - from);
    }
    await sleep(pace);
  }
  const [withGate, withoutGate] = [quantile(through, 0.5), quantile(without, 0.5)];
  return {
    name: 'The gate: `me`, and an operator’s `tenant(id)`, which has none',
    figure: `p50 ${withGate.toFixed(2)} ms and ${withoutGate.toFixed(2)} ms: ratio ${(withGate / withoutGate).toFixed(
      2,
    )}, p99 ratio ${(quantile(through, 0.99) / quantile(without, 0.99)).toFixed(2)} (n ${pairs} each)`,
  };
}
