import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outputs } from '../../infra/start/outputs.ts';
import { aCompany, anOperator, type Company } from '../../test/support/given.ts';
import { graphql } from '../../test/support/graphql.ts';
import { admission, type Flooded } from './admission.ts';
import { barChart } from '../charts/bar-chart.ts';
import { atMost, quantile, type Row } from '../report/figures.ts';
import { setLimits } from '../shops/set-limits.ts';

export interface Extent {
  /** Quiet tenants. */
  readonly neighbours: number;
  readonly rounds: number;
  /** Of each phase. */
  readonly seconds: number;
}

/** A p99 of fewer requests is the luck of a few. */
const whole: Extent = { neighbours: 20, rounds: 6, seconds: 4 };
/** Of the tier BASIC, in functions/tier-defaults. */
const share = { requestsPerSecond: 50, burst: 50 };
/** A quota would refuse more than the rate does, and later. */
const withoutQuota = { requestsPerDay: 10_000_000, requestsPerMonth: 100_000_000 };
const flood = 10 * share.requestsPerSecond;
/** Milliseconds after which the burst is whole again, and what the flood left is done. */
const restAfterFlood = 1500;

/** What twenty tenants notice of a twenty-first that asks for ten times its rate: quiet and flooded phases by turns, in one run. */
export async function noisyNeighbour(
  outputs: Outputs,
  extent = whole,
): Promise<{ readonly rows: Row[]; readonly errors: string[]; readonly picture: string }> {
  const { neighbours, rounds, seconds } = extent;
  const flooder = await aCompany(outputs);
  await setLimits(outputs, await anOperator(outputs), flooder.tenantId, { ...share, ...withoutQuota });
  const quiet = await manyCompanies(outputs, neighbours);
  const ask = (company: Company) =>
    graphql(outputs.pooled.graphqlUrl, company.admin.headers, '{ product(id: "none") { id } }');

  const flooding = startFlood(outputs, flooder, seconds);
  const alone: number[] = [];
  const beside: number[] = [];
  const floods: Flooded[] = [];
  // The first of each opens connections and lets the machine compile what it runs.
  await Promise.all([quietPhase(quiet, seconds, ask), flooding.phase()]);
  await sleep(restAfterFlood);
  for (let round = 0; round < rounds; round += 1) {
    alone.push(...(await quietPhase(quiet, seconds, ask)));
    const [sample, flooded] = await Promise.all([quietPhase(quiet, seconds, ask), flooding.phase()]);
    beside.push(...sample);
    floods.push(flooded);
    await sleep(restAfterFlood);
  }
  flooding.stop();
  const { row, errors } = admission(floods, share);
  const rate = floods.reduce((sum, { sent }) => sum + sent, 0) / rounds / seconds;
  const [p99Alone, p99Beside] = [quantile(alone, 0.99), quantile(beside, 0.99)];
  const ratio = p99Beside / p99Alone;
  const noticed: Row = {
    name: `p99 of ${neighbours} quiet tenants: alone, and beside one that sends ${Math.round(rate)} a second`,
    figure: `${p99Alone.toFixed(1)} ms, ${p99Beside.toFixed(1)} ms: ratio ${ratio.toFixed(2)} (n ${alone.length} and ${
      beside.length
    }; p50 ${quantile(alone, 0.5).toFixed(1)} ms, ${quantile(beside, 0.5).toFixed(1)} ms)`,
    goal: atMost(1.5, ratio, ' times'),
  };
  return { rows: [noticed, row], errors, picture: pictureOf({ alone, beside }) };
}

function pictureOf(samples: Readonly<Record<'alone' | 'beside', readonly number[]>>): string {
  const groups = [0.5, 0.99].map((share) => ({
    label: `p${share * 100}`,
    bars: [
      { label: 'alone', value: quantile(samples.alone, share) },
      { label: 'beside the flood', value: quantile(samples.beside, share) },
    ],
  }));
  return barChart({ title: 'What quiet tenants wait', unit: 'ms', groups });
}

async function manyCompanies(outputs: Outputs, count: number): Promise<Company[]> {
  const companies: Company[] = [];
  // A few at a time: sign-ups have a gate of their own.
  while (companies.length < count)
    companies.push(
      ...(await Promise.all(Array.from({ length: Math.min(5, count - companies.length) }, () => aCompany(outputs)))),
    );
  return companies;
}

/** Each tenant asks about three times a second, one not with another. Answers the milliseconds of each request. */
async function quietPhase(
  companies: readonly Company[],
  seconds: number,
  ask: (company: Company) => Promise<Asked>,
): Promise<number[]> {
  const sample: number[] = [];
  const pause = 333;
  const end = performance.now() + seconds * 1000;
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

/** A process that floods the system as this company, whenever it is told to. */
function startFlood(
  { pooled }: Outputs,
  { admin }: Company,
  seconds: number,
): { phase(): Promise<Flooded>; stop(): void } {
  const arguments_ = ['bin/run.mjs', 'bench/system/flood.ts', pooled.graphqlUrl, String(flood), String(seconds)];
  const child = spawn(process.execPath, arguments_, {
    env: { ...process.env, AUTHORIZATION: admin.headers.authorization },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async phase() {
      child.stdin.write('flood\n');
      const { value, done } = await lines.next();
      if (done) throw new Error('The flood ended; the reason is above');
      return JSON.parse(value) as Flooded;
    },
    stop: () => child.stdin.end(),
  };
}
