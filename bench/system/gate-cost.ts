import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outputs } from '../../infra/start/outputs.ts';
import { aCompany } from '../../test/support/given.ts';
import { graphqlData } from '../../test/support/graphql.ts';
import { sdkSettings } from '../../test/support/sdk.ts';
import { shopOf } from '../../test/support/shop.ts';
import { quantile, type Row } from '../report/figures.ts';
import { poolTemplates, updatePool } from './ungated-pool.ts';

/** Milliseconds between requests: below the rate of the tier, so that each is admitted in one write. */
const pace = 30;

export interface GateSamples {
  /** Times that the pool is updated to have no gate there, and to have it again. */
  readonly rounds: number;
  /** Requests each time. */
  readonly requests: number;
}

/**
 * What the gate adds to a request: `product(id)` with it, and of a pool whose template leaves it out before that field. By turns, on one
 * running system, which has its gate back in the end.
 */
export async function gateCost(outputs: Outputs, { rounds, requests }: GateSamples): Promise<Row> {
  const ask = await askForProduct(outputs);
  const settings = sdkSettings(outputs);
  const client = new CloudFormationClient(settings);
  const templates = await poolTemplates(client, 'product');
  const samples = { gated: [] as number[], ungated: [] as number[] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      samples.gated.push(...(await timesOf(ask, requests)));
      await updatePool(client, settings, 'ungated', templates.ungated);
      samples.ungated.push(...(await timesOf(ask, requests)));
      await updatePool(client, settings, 'gated', templates.gated);
    }
  } finally {
    client.destroy();
  }
  const figure = (probability: number): string => {
    const [withGate, without] = [quantile(samples.gated, probability), quantile(samples.ungated, probability)];
    return `${withGate.toFixed(2)} ms by ${without.toFixed(2)} ms: ${(withGate / without).toFixed(2)} times`;
  };
  return {
    name: 'The gate: `product(id)` with it by the same without it',
    figure: `p50 ${figure(0.5)}; p99 ${figure(0.99)} (n ${samples.gated.length} each)`,
  };
}

async function askForProduct(outputs: Outputs): Promise<() => Promise<void>> {
  const { admin } = await aCompany(outputs, { tier: 'PREMIUM' });
  const { id } = await shopOf(outputs, admin).stock();
  return async () => {
    const query = 'query P($id: ID!) { product(id: $id) { id name price stock } }';
    const { product } = await graphqlData<{ product: { id: string } | null }>(
      outputs.pooled.graphqlUrl,
      admin.headers,
      query,
      { id },
    );
    if (product?.id !== id) throw new Error(`product(${id}) answered ${JSON.stringify(product)}`);
  };
}

async function timesOf(ask: () => Promise<void>, requests: number): Promise<number[]> {
  const times: number[] = [];
  for (let request = -10; request < requests; request += 1) {
    const from = performance.now();
    await ask();
    // The first ones fill caches.
    if (request >= 0) times.push(performance.now() - from);
    await sleep(pace);
  }
  return times;
}
