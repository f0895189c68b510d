import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Outputs } from '../../infra/start/outputs.ts';
import {
  aCompany,
  aRegistration,
  chosenPassword,
  type Company,
  register,
  signIn,
  temporaryPassword,
  untilOnboarded,
} from '../support/given.ts';
import { graphqlData } from '../support/graphql.ts';
import { startCotenant } from '../support/start-cotenant.ts';

const kills = 20;
const stockAtStart = 100_000;
const createProduct =
  'mutation C($input: CreateProductInput!) { createProduct(input: $input) { product { id } userErrors { code } } }';
const createOrder =
  'mutation O($input: CreateOrderInput!) { createOrder(input: $input) { order { id } userErrors { code message } } }';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cotenant-durability-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test(
  `nothing acknowledged is lost over ${kills} kills under load, and nothing is left half made`,
  async () => {
    let cotenant = await startCotenant({ folder });
    const company = await aCompany(cotenant.outputs, { tier: 'PREMIUM' });
    const input = { sku: 'K-1', name: 'Kept', price: 10, stock: stockAtStart };
    const answer = await graphqlData<{ createProduct: { product: { id: string } } }>(
      cotenant.outputs.pooled.graphqlUrl,
      company.admin.headers,
      createProduct,
      { input },
    );
    const productId = answer.createProduct.product.id;

    const orders = new Set<string>();
    const registrations = new Set<string>();
    for (let round = 0; round < kills; round += 1) {
      const load = startLoad(cotenant.outputs, company, productId, orders, registrations);
      await untilMore(round % 4 === 0 ? [orders, registrations] : [orders]);
      // Each round is cut off at another place of the work.
      await sleep(round * 71);
      await cotenant.kill();
      await load.stop();
      cotenant = await startCotenant({ folder });
    }

    const { outputs } = cotenant;
    expect(orders.size).toBeGreaterThanOrEqual(kills);
    expect(registrations.size).toBeGreaterThanOrEqual(kills / 4);
    for (const id of registrations) expect(await untilOnboarded(outputs, id)).toMatchObject({ status: 'ACTIVE' });
    const tenants = await expectWholeTenants(outputs);
    for (const tenant of tenants) {
      if (tenant['tenantId'] !== company.tenantId) await expectInvitation(outputs, tenant);
    }
    await expectOrdersMatchStock(outputs, company, productId, orders);
    await cotenant.stop();
  },
  15 * 60_000,
);

test('a restart after an orderly stop brings back people, data and stacks, on the same addresses', async () => {
  const first = await startCotenant({ folder });
  const company = await aCompany(first.outputs);
  const input = { sku: 'R-1', name: 'Remembered', price: 1, stock: 1 };
  await graphqlData(first.outputs.pooled.graphqlUrl, company.admin.headers, createProduct, { input });
  expect(await first.stop()).toBe(0);

  const second = await startCotenant({ folder });
  try {
    expect(second.outputs).toEqual(first.outputs);
    const again = await signIn(
      second.outputs,
      second.outputs.pooled.userPoolClientId,
      company.admin.email,
      company.admin.password,
    );
    for (const { headers } of [company.admin, again]) {
      expect(
        await graphqlData(second.outputs.pooled.graphqlUrl, headers, '{ products { edges { node { name } } } }'),
      ).toEqual({
        products: { edges: [{ node: { name: 'Remembered' } }] },
      });
    }
    const cloudFormation = new CloudFormationClient({
      endpoint: second.outputs.endpoint,
      region: second.outputs.region,
    });
    const { Stacks: stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
    expect(stacks.map(({ StackName, StackStatus }) => `${StackName} ${StackStatus}`).sort()).toEqual([
      'cotenant-control-plane CREATE_COMPLETE',
      'cotenant-pooled CREATE_COMPLETE',
      'cotenant-provisioning CREATE_COMPLETE',
    ]);
  } finally {
    await second.stop();
  }
}, 180_000);

/** Orders and registrations one after the other until the host is gone; only what was acknowledged is noted. */
function startLoad(
  outputs: Outputs,
  company: Company,
  productId: string,
  orders: Set<string>,
  registrations: Set<string>,
) {
  let running = true;
  const untilGone = async (task: () => Promise<void>): Promise<void> => {
    while (running) {
      try {
        await task();
      } catch {
        // The host was killed in the middle of this call, so it was not acknowledged; the checks are made after the restart.
        await sleep(5);
      }
    }
  };
  const order = async (): Promise<void> => {
    const variables = { input: { lines: [{ productId, quantity: 1 }] } };
    const answer = await graphqlData<{ createOrder: { order: { id: string } | null } }>(
      outputs.pooled.graphqlUrl,
      company.admin.headers,
      createOrder,
      variables,
    );
    if (answer.createOrder.order) orders.add(answer.createOrder.order.id);
  };
  const registerOne = async (): Promise<void> => {
    const { registration } = await register(outputs, aRegistration());
    if (registration) registrations.add(registration.id);
    await sleep(60);
  };
  const workers = [untilGone(order), untilGone(order), untilGone(registerOne)];
  return {
    stop: async () => {
      running = false;
      await Promise.all(workers);
    },
  };
}

/** A host that is killed before it has acknowledged anything shows nothing, and how long that takes depends on the machine. */
async function untilMore(kinds: readonly ReadonlySet<string>[], longest = 60_000): Promise<void> {
  const before = kinds.map(({ size }) => size);
  const end = Date.now() + longest;
  while (kinds.some(({ size }, kind) => size <= (before[kind] ?? 0))) {
    if (Date.now() > end)
      throw new Error(`Nothing more than ${before.join(' and ')} was acknowledged in ${longest} ms`);
    await sleep(5);
  }
}

type Item = Record<string, unknown>;

async function scan(outputs: Outputs, tableNamePart: string): Promise<Item[]> {
  const client = new DynamoDBClient({ endpoint: outputs.endpoint, region: outputs.region });
  const { TableNames: names = [] } = await client.send(new ListTablesCommand({}));
  const tableName = names.find((name) => name.includes(tableNamePart));
  if (tableName === undefined) throw new Error(`No table ${tableNamePart} among ${names.join(', ')}`);
  const items: Item[] = [];
  for await (const page of paginateScan({ client: DynamoDBDocumentClient.from(client) }, { TableName: tableName })) {
    items.push(...(page.Items ?? []));
  }
  return items;
}

/** The registry once no onboarding is on its way: one that was cut off before its answer goes on all the same. */
async function scanUntilSettled(outputs: Outputs, longest = 20_000): Promise<Item[]> {
  const end = Date.now() + longest;
  for (;;) {
    const all = await scan(outputs, 'control-plane-Tenants');
    const onTheirWay = all.filter((item) => item['status'] === 'REQUESTED' || item['status'] === 'PROVISIONING');
    if (onTheirWay.length === 0 || Date.now() > end) return all;
    await sleep(100);
  }
}

/** Every tenant is ACTIVE with its claims, its administrator and its gate, and no claim belongs to nobody. Answers them. */
async function expectWholeTenants(outputs: Outputs): Promise<Item[]> {
  const all = await scanUntilSettled(outputs);
  const tenants = all.filter((item) => item['listing'] === 'TENANT');
  const claims = new Map(
    all.filter((item) => item['owner'] !== undefined).map((item) => [item['tenantId'], item['owner']]),
  );
  const users = await scan(outputs, 'control-plane-TenantUsers');
  const gates = new Set((await scan(outputs, 'control-plane-Gates')).map((item) => item['tenantId']));
  for (const tenant of tenants) {
    const id = tenant['tenantId'];
    expect(tenant['status']).toBe('ACTIVE');
    expect(claims.get(`SLUG#${String(tenant['slug'])}`)).toBe(id);
    expect(users.filter((user) => user['tenantId'] === id)).toHaveLength(1);
    expect(gates).toContain(id);
  }
  expect(claims.size).toBe(tenants.length * 2);
  return tenants;
}

/** The newest mail to a tenant's administrator lets in, to that tenant: whenever the host was killed, it was sent. */
async function expectInvitation(outputs: Outputs, { adminEmail, slug }: Item): Promise<void> {
  const email = String(adminEmail);
  const password = await temporaryPassword(outputs, email);
  const { pooled } = outputs;
  const admin = await signIn(outputs, pooled.userPoolClientId, email, password, chosenPassword);
  expect(await graphqlData(pooled.graphqlUrl, admin.headers, '{ tenant { slug } me { email } }')).toEqual({
    tenant: { slug },
    me: { email },
  });
}

/** Stock went down by exactly what the stored orders hold, and every acknowledged order is stored. */
async function expectOrdersMatchStock(
  outputs: Outputs,
  company: Company,
  productId: string,
  acknowledged: ReadonlySet<string>,
): Promise<void> {
  const stored = (await scan(outputs, 'pooled-Orders')).filter((item) => item['tenantId'] === company.tenantId);
  const ids = new Set(stored.map((item) => item['orderId']));
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  const product = (await scan(outputs, 'pooled-Products')).find((item) => item['productId'] === productId);
  expect(product?.['stock']).toBe(stockAtStart - stored.length);
}
