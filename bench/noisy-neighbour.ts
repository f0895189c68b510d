import { setTimeout as sleep } from 'node:timers/promises';
import type { Outputs } from '../infra/start/outputs.ts';
import { aCompany, type Company } from '../test/support/given.ts';
import { graphql } from '../test/support/graphql.ts';
import { quantile, type Row } from './report.ts';

const neighbours = 20;
const rounds = 2;
const secondsOfPhase = 4;
/** Of the tier BASIC, in functions/tier-defaults. */
const share = { requestsPerSecond: 50, burst: 50 };
const flood = 10 * share.requestsPerSecond;
const tick = 20;
/** A client that opened a connection for every request would measure connections. */
const mostUnanswered = 64;

interface Flooded {
  sent: number;
  admitted: number;
  refused: number;
  /** What the gate may have admitted at most: rate × time + burst. */
  bound: number;
}

/** What twenty tenants notice of a twenty-first that asks for ten times its rate: quiet and flooded phases by turns, in one run. */
export async function noisyNeighbour(outputs: Outputs): Promise<Row[]> {
  const flooder = await aCompany(outputs);
  const quiet = await manyCompanies(outputs, neighbours);
  const ask = (company: Company) =>
    graphql(outputs.pooled.graphqlUrl, company.admin.headers, '{ product(id: "none") { id } }');

  const alone: number[] = [];
  const beside: number[] = [];
  const total: Flooded = { sent: 0, admitted: 0, refused: 0, bound: 0 };
  await quietPhase(quiet, ask);
  for (let round = 0; round < rounds; round += 1) {
    alone.push(...(await quietPhase(quiet, ask)));
    const [sample, flooded] = await Promise.all([quietPhase(quiet, ask), floodPhase(() => ask(flooder))]);
    beside.push(...sample);
    for (const key of ['sent', 'admitted', 'refused', 'bound'] as const) total[key] += flooded[key];
    // The burst is whole again, and what the flood left is done.
    await sleep(1500);
  }
  const [p99Alone, p99Beside] = [quantile(alone, 0.99), quantile(beside, 0.99)];
  return [
    {
      name: `p99 of ${neighbours} quiet tenants: alone, and beside one that sends ${Math.round(
        total.sent / rounds / secondsOfPhase,
      )} a second`,
      figure: `${p99Alone.toFixed(1)} ms, ${p99Beside.toFixed(1)} ms: ratio ${(p99Beside / p99Alone).toFixed(2)} (n ${
        alone.length
      } and ${beside.length}; p50 ${quantile(alone, 0.5).toFixed(1)} ms, ${quantile(beside, 0.5).toFixed(1)} ms)`,
      goal: '≤ 1.5',
    },
    {
      name: 'Admitted of the flood',
      figure: `${total.admitted} of ${total.sent}; rate × time + burst is ${Math.floor(total.bound)}`,
      goal: `≤ ${Math.floor(total.bound)}`,
    },
  ];
}

async function manyCompanies(outputs: Outputs, count: number): Promise<Company[]> {
  const companies: Company[] = [];
  // A few at a time: sign-ups have a gate of their own.
  while (companies.length < count)
    companies.push(...(await Promise.all(Array.from({ length: 5 }, () => aCompany(outputs)))));
  return companies;
}

/** Each tenant asks about three times a second, one not with another. Answers the milliseconds of each request. */
async function quietPhase(companies: readonly Company[], ask: (company: Company) => Promise<Asked>): Promise<number[]> {
  const sample: number[] = [];
  const pause = 333;
  const end = performance.now() + secondsOfPhase * 1000;
  const one = async (company: Company, index: number): Promise<void> => {
    await sleep((index * pause) / companies.length);
    while (performance.now() < end) {
      const from = performance.now();
      const { errors } = await ask(company);
      if (errors.length > 0) throw new Error(`A quiet tenant was answered ${JSON.stringify(errors)}`);
      const took = performance.now() - from;
      sample.push(took);
      await sleep(Math.max(0, pause - took));
    }
  };
  await Promise.all(companies.map(one));
  return sample;
}

type Asked = Awaited<ReturnType<typeof graphql>>;

/** Sends at ten times the rate whatever comes back, as far as answers come at all, and waits for the last. */
async function floodPhase(ask: () => Promise<Asked>): Promise<Flooded> {
  const from = performance.now();
  const answers: Promise<Asked>[] = [];
  let unanswered = 0;
  while (performance.now() - from < secondsOfPhase * 1000) {
    const due = Math.floor(((performance.now() - from) / 1000) * flood);
    while (answers.length < due && unanswered < mostUnanswered) {
      unanswered += 1;
      answers.push(ask().finally(() => (unanswered -= 1)));
    }
    await sleep(tick);
  }
  const errors = (await Promise.all(answers)).map((answer) => answer.errors[0]?.errorType);
  const unexpected = errors.find((type) => type !== undefined && type !== 'TooManyRequests');
  if (unexpected !== undefined) throw new Error(`The flood was answered ${unexpected}`);
  const seconds = (performance.now() - from) / 1000;
  const admitted = errors.filter((type) => type === undefined).length;
  const bound = share.requestsPerSecond * seconds + share.burst;
  return { sent: errors.length, admitted, refused: errors.length - admitted, bound };
}
