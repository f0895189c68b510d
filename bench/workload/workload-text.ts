import { barChart, rounded } from '../charts/bar-chart.ts';
import type { LoadResult } from '../load/job.ts';
import { figuresOf } from '../requests/figures.ts';
import { zipfShare } from './zipf.ts';

export interface WorkloadMeasured {
  readonly mix: string;
  readonly target: string;
  readonly connections: number;
  readonly result: LoadResult;
}

interface Size {
  readonly shops: number;
  readonly products: number;
  readonly seed: number;
  readonly theta: number;
}

const file = 'workload.svg';

export function workloadText(found: readonly WorkloadMeasured[], { shops, products, seed, theta }: Size): string {
  const rows = found.map(({ mix, target, connections, result }) => {
    const { rate, p50, mean, p99, server, engine, functions, conflicts, errors } = figuresOf([result]);
    const cells = [rate, p50, mean, p99, server, engine, functions].map(rounded);
    return `| ${[mix, target, connections, ...cells, conflicts, errors].join(' | ')} |`;
  });
  return [
    `Operations drawn from seed ${seed}, on ${shops} tenants with ${products} products each; tenants and products by Zipf’s law with ${theta}, so that`,
    `the first tenant has ${Math.round(
      zipfShare(shops, theta) * 100,
    )} % of all. Reads have to be as new as what was known before them. A conflict is an update, or an order, that`,
    'another one was quicker than: a good answer, counted apart.',
    '',
    'The local cloud shares its work among tenants by their tokens (`infra/local/appsync/http/turns.ts`): those who ask for little are served first, and the first',
    'tenant waits. So half of Cotenant’s requests may be quicker than a peer’s while all together are slower: compare the means, and the rates.',
    '',
    `![Requests a second](${file})`,
    '',
    '| workload | server | connections | requests a second | p50 ms | mean ms | p99 ms | server CPU ms | engine CPU ms | functions CPU ms | conflicts | errors |',
    `| --- | --- ${'| ---: '.repeat(10)}|`,
    ...rows,
  ].join('\n');
}

export function workloadPicture(found: readonly WorkloadMeasured[]): Record<string, string> {
  const labels = [...new Set(found.map(labelOf))];
  const groups = labels.map((label) => ({
    label,
    bars: found
      .filter((one) => labelOf(one) === label)
      .map(({ target, result }) => ({ label: target, value: figuresOf([result]).rate })),
  }));
  return { [file]: barChart({ title: 'Workloads, requests a second', unit: '/s', groups }) };
}

const labelOf = ({ mix, connections }: WorkloadMeasured): string => `${mix}; ${connections} connections`;
