import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCompany, aRegistration, register, untilOnboarded } from '../test/support/given.ts';
import { graphqlData } from '../test/support/graphql.ts';
import { startCotenant } from '../test/support/start-cotenant.ts';
import { gateCost } from './gate-cost.ts';
import { memoryOfTree } from './memory.ts';
import { noisyNeighbour } from './noisy-neighbour.ts';
import { quantile, type Row, table } from './report.ts';
import { siloRows } from './silos.ts';

process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';

const quick = process.argv.includes('--quick');
const onboardings = quick ? 5 : 30;
const requests = quick ? 50 : 500;
const silos = quick ? { alone: 1, together: 5 } : { alone: 5, together: 20 };

/** Start, restart, onboarding, memory and the simplest requests, on this machine. Goals are the project's own. */
async function bench(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cotenant-bench-'));
  for (const built of ['assemblies', 'apps'])
    await rm(join(process.cwd(), '.local', built), { recursive: true, force: true });
  try {
    const first = performance.now();
    const fresh = await startCotenant({ folder, demo: true, apps: true });
    const start = performance.now() - first;
    await fresh.stop();

    const second = performance.now();
    const cotenant = await startCotenant({ folder, demo: true, apps: true });
    const restart = performance.now() - second;
    const { outputs } = cotenant;

    const onboarding = await times(onboardings, async () => {
      const { registration } = await register(outputs, aRegistration());
      const { status } = await untilOnboarded(outputs, registration?.id ?? '');
      if (status !== 'ACTIVE') throw new Error(`An onboarding ended ${status}`);
    });
    const company = await aCompany(outputs, { tier: 'PREMIUM' });
    const create = 'mutation C($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }';
    const input = { sku: 'B-1', name: 'Bench', price: 100, stock: 1_000_000 };
    const { createProduct } = await graphqlData<{ createProduct: { product: { id: string } } }>(
      outputs.pooled.graphqlUrl,
      company.admin.headers,
      create,
      { input },
    );
    const { id } = createProduct.product;
    const paced = (query: string, variables: Record<string, unknown>) =>
      times(requests, () => graphqlData(outputs.pooled.graphqlUrl, company.admin.headers, query, variables), 12);
    const reading = await paced('query P($id: ID!) { product(id: $id) { id name price stock version } }', { id });
    const ordering = await paced(
      'mutation O($input: CreateOrderInput!) { createOrder(input: $input) { order { id } userErrors { code } } }',
      { input: { lines: [{ productId: id, quantity: 1 }] } },
    );
    const memory = await memoryOfTree(cotenant.pid);
    const limits = [await gateCost(outputs), ...(await noisyNeighbour(outputs))];
    const siloFigures = await siloRows(cotenant, silos);
    await cotenant.stop();

    const milliseconds = (name: string, sample: readonly number[], goal?: string): Row => ({
      name,
      figure: `p50 ${quantile(sample, 0.5).toFixed(1)} ms, p99 ${quantile(sample, 0.99).toFixed(1)} ms (n ${
        sample.length
      })`,
      goal,
    });
    return [
      { name: 'Start to ready, nothing cached but packages', figure: `${(start / 1000).toFixed(2)} s`, goal: '≤ 8 s' },
      { name: 'Restart to ready', figure: `${(restart / 1000).toFixed(2)} s`, goal: '≤ 4 s' },
      milliseconds('registerTenant to ACTIVE', onboarding, '≤ 1 s'),
      milliseconds('product(id), one client at 80 a second', reading),
      milliseconds('createOrder of one line, one client at 80 a second', ordering),
      {
        name: 'Memory of all processes (resident)',
        figure: `${(memory / 1024 / 1024).toFixed(0)} MB`,
        goal: '≤ 700 MB',
      },
      ...limits,
      ...siloFigures,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `task` one after the other and answers each one's milliseconds; with a pace, starts are that far apart. */
async function times(count: number, task: () => Promise<unknown>, pace = 0): Promise<number[]> {
  const sample: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const from = performance.now();
    await task();
    const took = performance.now() - from;
    sample.push(took);
    if (took < pace) await new Promise((resolve) => setTimeout(resolve, pace - took));
  }
  return sample;
}

process.stdout.write(table(await bench()));
