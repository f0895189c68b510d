import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { GateItem } from '../../schema/gate.ts';
import type { Dependencies } from './dependencies.ts';

/**
 * Milliseconds that a request may still write after its admission: five until its last key is made (resolvers/lib/tenantKey.ts), and as
 * long again for the write itself.
 */
const longestWrite = 10_000;

/**
 * When the last write that the tenant's gate admitted has ended. The gate was closed at `closedAt`; `freeAt` is never before the
 * moment of the last admission, so a tenant that nobody was using is not waited for.
 */
export async function drainedAt(
  tenantId: string,
  closedAt: string,
  { documents, tables }: Pick<Dependencies, 'documents' | 'tables'>,
): Promise<Date> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.GATES_TABLE, Key: { tenantId }, ConsistentRead: true }),
  );
  const closed = Date.parse(closedAt);
  const { freeAt } = (Item ?? {}) as Partial<GateItem>;
  // Nothing is known of a gate whose limits were just set: it starts anew.
  const lastAdmission = freeAt ? Math.min(freeAt / 1000, closed) : closed;
  return new Date(lastAdmission + longestWrite);
}
