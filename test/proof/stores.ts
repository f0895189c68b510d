import { ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { paginateListTables } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { textOf } from '../support/tables.ts';
import type { Clients } from './clients.ts';
import type { World } from './subjects.ts';

/** Counts change with every request, a gate's with each admitted one: they are no data of a tenant's. */
const counting = /Gate|Usage/;

/** The names of all tables of the deployment. */
export async function tableNames({ dynamodb }: Clients): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListTables({ client: dynamodb }, {})) names.push(...(page.TableNames ?? []));
  return names.filter((name) => name.startsWith('cotenant-'));
}

/** All that is stored of the tenants of the proof, and of their people in Cognito: one line a thing, in an order of its own. */
export async function storedOf(world: World, clients: Clients): Promise<ReadonlySet<string>> {
  const tenants = [...world.subjects, ...world.lookAlikes];
  const lines: string[] = [];
  for (const TableName of await tableNames(clients)) {
    if (counting.test(TableName)) continue;
    for await (const page of paginateScan({ client: clients.documents }, { TableName, ConsistentRead: true })) {
      for (const item of page.Items ?? []) lines.push(`${TableName} ${textOf(item)}`);
    }
  }
  for (const UserPoolId of new Set(tenants.map(({ place }) => place.userPoolId))) {
    const { Users = [] } = await clients.cognito.send(new ListUsersCommand({ UserPoolId, Limit: 60 }));
    for (const user of Users) lines.push(`${UserPoolId} ${textOf({ ...user })}`);
  }
  return new Set(lines);
}

/** What is in one and not in the other: `- was`, `+ is`. */
export function differences(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [
    ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
}
