import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { aCompany, anOperator, chosenPassword, type Company, type Person, signIn } from '../../test/support/given.ts';
import { graphqlData } from '../../test/support/graphql.ts';
import type { Outputs } from '../../infra/start/outputs.ts';
import { setLimits } from './set-limits.ts';
import { ordersOf, productsOf, stockShop } from './stock-shop.ts';
import type { Shop, Tables } from './shop.ts';

export interface Wanted {
  readonly shops: number;
  readonly products: number;
  readonly orders: number;
  /** Access tokens of each shop's administrator. */
  readonly tokens: number;
}

/** Sign-ups have a gate of their own: a few at a time. */
const together = 2;

/** What an operator may give a tenant at most, so that the gate is passed and paid for but refuses nothing. */
const limits = { requestsPerSecond: 1000, burst: 10_000, requestsPerDay: 86_400_000, requestsPerMonth: 2_000_000_000 };

/** Tenants of the tier STANDARD that have signed up as any other does, with limits of their own and with rows written straight into the tables. */
export async function openShops(outputs: Outputs, tables: Tables, wanted: Wanted): Promise<Shop[]> {
  const { endpoint, region } = outputs;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region }));
  const operator = await anOperator(outputs);
  const shops: Shop[] = [];
  while (shops.length < wanted.shops) {
    const lacking = Math.min(together, wanted.shops - shops.length);
    shops.push(...(await Promise.all(Array.from({ length: lacking }, () => openShop(outputs, operator, wanted)))));
  }
  for (const shop of shops) await stockShop(client, tables, shop);
  client.destroy();
  return shops;
}

async function openShop(outputs: Outputs, operator: Person, wanted: Wanted): Promise<Shop> {
  const company = await aCompany(outputs, { tier: 'STANDARD' });
  const { tenantId } = company;
  await setLimits(outputs, operator, tenantId, limits);
  const { me, tenant } = await graphqlData<{ me: Shop['admin']; tenant: Pick<Shop, 'name' | 'tier'> }>(
    outputs.pooled.graphqlUrl,
    company.admin.headers,
    '{ me { id name role } tenant { name tier } }',
  );
  const products = productsOf(wanted.products);
  const orders = ordersOf(products, wanted.orders, me.id);
  const tokens = [company.admin.accessToken];
  while (tokens.length < wanted.tokens) tokens.push(await furtherToken(outputs, company));
  return { tenantId, ...tenant, admin: me, tokens, products, orders };
}

async function furtherToken(outputs: Outputs, { admin }: Company): Promise<string> {
  return (await signIn(outputs, outputs.pooled.userPoolClientId, admin.email, chosenPassword)).accessToken;
}
