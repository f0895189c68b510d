import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Outputs } from '../../infra/start/outputs.ts';
import type { Cotenant } from '../../test/support/start-cotenant.ts';
import { untilQuiet } from '../load/until-quiet.ts';
import { copyTables, findEngine } from './engine.ts';
import { openShops, type Wanted } from './open-shops.ts';
import type { Shop, Tables } from './shop.ts';
import { stockShop } from './stock-shop.ts';
import { findTables } from './tables.ts';

/** The system with tenants that have data, and the same data once more for those who are measured beside it. */
export interface World {
  readonly outputs: Outputs;
  /** The system's first process. */
  readonly pid: number;
  /** Where its engine listens. */
  readonly engine: string;
  readonly tables: Tables;
  /** The same tables, with copies of those that the application plane writes to. */
  readonly copies: Tables;
  readonly shops: readonly Shop[];
}

export async function openWorld({ outputs, pid }: Cotenant, wanted: Wanted): Promise<World> {
  const { region } = outputs;
  const engine = await findEngine(pid);
  const tables = await findTables(outputs);
  const shops = await openShops(outputs, tables, wanted);
  const copies = await copyTables(engine, region, tables);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: engine, region }));
  for (const shop of shops) await stockShop(client, copies, shop);
  client.destroy();
  await untilQuiet(pid);
  return { outputs, pid, engine, tables, copies, shops };
}
