import { paginateListUsers } from '@aws-sdk/client-cognito-identity-provider';
import { paginateListTables } from '@aws-sdk/client-dynamodb';
import { GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { textOf } from '../support/tables.ts';
import type { Clients } from './clients.ts';
import type { World } from './subjects.ts';

/** Written by the clock and by callers nobody knows: no data of a tenant's, nor its share. */
const apart = /Usage|PublicGate/;
const gates = /-Gates/;

/** Of a gate what decides whom it admits; its moments and counts move with every request that it admits. */
const isStanding = (name: string): boolean => !['freeAt', 'allowAt'].includes(name) && !name.includes('#');

/** The names of all tables of the deployment. */
export async function tableNames({ dynamodb }: Clients): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListTables({ client: dynamodb }, {})) names.push(...(page.TableNames ?? []));
  return names.filter((name) => name.startsWith('cotenant-'));
}

/** All that is stored of the tenants of the proof, and of their people in Cognito: one line a thing, in an order of its own. */
export async function storedOf(world: World, clients: Clients): Promise<ReadonlySet<string>> {
  const pools = [...world.subjects, ...world.lookAlikes].map(({ place }) => place.userPoolId);
  const lines: string[] = [];
  for (const TableName of await tableNames(clients)) {
    if (apart.test(TableName)) continue;
    for await (const page of paginateScan({ client: clients.documents }, { TableName, ConsistentRead: true })) {
      for (const item of page.Items ?? []) {
        const kept = Object.entries(item).filter(([name]) => !gates.test(TableName) || isStanding(name));
        lines.push(`${TableName} ${textOf(Object.fromEntries(kept))}`);
      }
    }
  }
  for (const UserPoolId of new Set([...pools, world.operatorPool.userPoolId])) {
    for await (const { Users = [] } of paginateListUsers({ client: clients.cognito }, { UserPoolId })) {
      for (const user of Users) lines.push(`${UserPoolId} ${textOf({ ...user })}`);
    }
  }
  return new Set(lines);
}

/** How many requests a tenant's gate has admitted, over all its days. */
export async function admittedOf(tenantId: string, clients: Clients): Promise<number> {
  const TableName = (await tableNames(clients)).find((name) => gates.test(name));
  const { Item = {} } = await clients.documents.send(
    new GetCommand({ TableName, Key: { tenantId }, ConsistentRead: true }),
  );
  return Object.entries(Item).reduce(
    (sum, [name, count]) => (name.startsWith('month#') ? sum + Number(count) : sum),
    0,
  );
}

/** What is in one and not in the other: `- was`, `+ is`. */
export function differences(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [
    ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
}
