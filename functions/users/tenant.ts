import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Tenant } from '../../generated/control-plane.ts';
import type { Services } from './services.ts';

/** An item of Tenants, as far as users need it. */
export interface StoredTenant extends Omit<Tenant, 'id'> {
  readonly tenantId: string;
}

/** Undefined where there is none, and for the claims that share the table. */
export async function readTenant(
  { documents, tables }: Pick<Services, 'documents' | 'tables'>,
  tenantId: string,
): Promise<StoredTenant | undefined> {
  if (tenantId === '' || tenantId.length > 128) return undefined;
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.tenants, Key: { tenantId }, ConsistentRead: true }),
  );
  return Item?.listing === 'TENANT' ? (Item as StoredTenant) : undefined;
}

/** Whether a move between stacks is under way, at whose end its people have accounts in another pool. */
export function isBeingMoved({ move }: StoredTenant): boolean {
  return move?.status === 'RUNNING' || move?.status === 'REVERTING';
}

/** The tenant has no user pool yet: its stack is still being made. */
export class NoUserPoolError extends Error {
  override readonly name = 'NoUserPoolError';
  constructor(readonly tenantId: string) {
    super(`Tenant ${tenantId} has no userPoolId in the registry, expected that of its stack`);
  }
}

export function userPoolOf({ tenantId, userPoolId }: StoredTenant): string {
  if (!userPoolId) throw new NoUserPoolError(tenantId);
  return userPoolId;
}
