import { setTimeout as sleep } from 'node:timers/promises';
import type { Outputs } from '../../infra/start/outputs.ts';
import { aCompany, aRegistration, register, untilOnboarded } from '../../test/support/given.ts';
import { graphqlData } from '../../test/support/graphql.ts';
import { shopOf } from '../../test/support/shop.ts';
import { atMost, quantile, type Row } from '../report/figures.ts';

/** Milliseconds between two requests, so that the tenant's own rate limit does not decide. */
const pace = 12;

export interface Samples {
  readonly onboardings: number;
  readonly requests: number;
}

/** Onboarding, one read and one order, from one client, one after the other. */
export async function simplestRows(outputs: Outputs, { onboardings, requests }: Samples): Promise<Row[]> {
  const onboarding = await times(onboardings, async () => {
    const { registration } = await register(outputs, aRegistration());
    const { status } = await untilOnboarded(outputs, registration?.id ?? '');
    if (status !== 'ACTIVE') throw new Error(`An onboarding ended ${status}`);
  });
  const { admin } = await aCompany(outputs, { tier: 'PREMIUM' });
  const { id } = await shopOf(outputs, admin).stock({ stock: 1_000_000 });
  const paced = (query: string, variables: Record<string, unknown>) =>
    times(requests, () => graphqlData(outputs.pooled.graphqlUrl, admin.headers, query, variables), pace);
  const reading = await paced('query P($id: ID!) { product(id: $id) { id name price stock version } }', { id });
  const ordering = await paced(
    'mutation O($input: CreateOrderInput!) { createOrder(input: $input) { order { id } userErrors { code } } }',
    { input: { lines: [{ productId: id, quantity: 1 }] } },
  );
  return [
    ...([0.5, 0.99] as const).map((share) => registering(onboarding, share)),
    milliseconds('product(id), one client at 80 a second', reading),
    milliseconds('createOrder of one line, one client at 80 a second', ordering),
  ];
}

/** Both are held to the goal: most companies sign up once, so the slow ones are as real as the others. */
function registering(sample: readonly number[], share: number): Row {
  const value = quantile(sample, share);
  return {
    name: `registerTenant to ACTIVE, p${share * 100} (n ${sample.length})`,
    figure: `${value.toFixed(0)} ms`,
    goal: atMost(1000, value, ' ms', 0),
  };
}

function milliseconds(name: string, sample: readonly number[]): Row {
  const [p50, p99] = [quantile(sample, 0.5), quantile(sample, 0.99)].map((value) => value.toFixed(1));
  return { name, figure: `p50 ${p50} ms, p99 ${p99} ms (n ${sample.length})` };
}

/** Runs `task` one after the other and answers each one's milliseconds; starts are at least `apart` from each other. */
async function times(count: number, task: () => Promise<unknown>, apart = 0): Promise<number[]> {
  const sample: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const from = performance.now();
    await task();
    const took = performance.now() - from;
    sample.push(took);
    if (took < apart) await sleep(apart - took);
  }
  return sample;
}
