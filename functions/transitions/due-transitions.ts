import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Dependencies } from './dependencies.ts';

/** The tenants whose transitions have something to be done: a window that ended, a step to be tried again, an event that was lost. */
export async function dueTransitions({
  documents,
  tables,
  clock,
}: Pick<Dependencies, 'documents' | 'tables' | 'clock'>): Promise<string[]> {
  const tenantIds: string[] = [];
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tables.TRANSITIONS_TABLE,
      IndexName: 'due',
      KeyConditionExpression: 'agenda = :due AND dueAt <= :now',
      ExpressionAttributeValues: { ':due': 'DUE', ':now': clock().toISOString() },
    },
  );
  for await (const { Items = [] } of pages) tenantIds.push(...Items.map(({ tenantId }) => String(tenantId)));
  return tenantIds;
}
