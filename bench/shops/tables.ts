import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import type { Outputs } from '../../infra/start/outputs.ts';
import type { Tables } from './shop.ts';

/** Finds the tables by the parts of their names that the templates give them. */
export async function findTables({ endpoint, region }: Outputs): Promise<Tables> {
  const client = new DynamoDBClient({ endpoint, region });
  const names: string[] = [];
  for await (const page of paginateListTables({ client }, {})) names.push(...(page.TableNames ?? []));
  client.destroy();
  const find = (part: string): string => {
    const name = names.find((candidate) => candidate.includes(part));
    if (name === undefined) throw new Error(`No table ${part} among ${names.join(', ')}`);
    return name;
  };
  return {
    tiers: find('control-plane-Tiers'),
    gates: find('control-plane-Gates'),
    tenants: find('control-plane-Tenants'),
    users: find('control-plane-TenantUsers'),
    products: find('pooled-Products'),
    orders: find('pooled-Orders'),
  };
}
