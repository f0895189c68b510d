import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { TenantRole, UserStatus } from '../../generated/control-plane.ts';
import type { TransactItems } from '../layer/transact.ts';
import type { Services } from './services.ts';

/** An item of TenantUsers. */
export interface Membership {
  readonly tenantId: string;
  /** Cognito's `sub` in the stack in which the user was invited; stays when the tenant moves to another. */
  readonly userId: string;
  /** Cognito's `sub`, and user name, in the stack in which the tenant lives; a sign-in finds the user by it. */
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly role: TenantRole;
  readonly status: UserStatus;
  /** When the last invitation was sent again; without it the only one was sent when the user was created. */
  readonly invitedAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A user as both schemas answer it. */
export type Person = Omit<Membership, 'userId' | 'sub' | 'invitedAt'> & { readonly id: string };

export function toPerson({ userId, sub: _sub, invitedAt: _invitedAt, ...rest }: Membership): Person {
  return { id: userId, ...rest };
}

type Reader = Pick<Services, 'documents' | 'tables'>;

export async function readMembership({ documents, tables }: Reader, tenantId: string, userId: string) {
  // DynamoDB refuses an empty key; no user has one.
  if (userId === '' || userId.length > 128) return undefined;
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.tenantUsers, Key: { tenantId, userId }, ConsistentRead: true }),
  );
  return Item as Membership | undefined;
}

/** All users of a tenant, a page of the table at a time. */
export async function* readMemberships({ documents, tables }: Reader, tenantId: string): AsyncGenerator<Membership[]> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tables.tenantUsers,
      KeyConditionExpression: 'tenantId = :tenantId',
      ExpressionAttributeValues: { ':tenantId': tenantId },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) yield Items as Membership[];
}

/** Whether anyone has this `sub` as a member already, in whatever tenant. */
export async function isMember({ documents, tables }: Reader, sub: string): Promise<boolean> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tables.tenantUsers,
      IndexName: 'sub',
      KeyConditionExpression: '#sub = :sub',
      ExpressionAttributeNames: { '#sub': 'sub' },
      ExpressionAttributeValues: { ':sub': sub },
    },
  );
  for await (const { Items = [] } of pages) if (Items.length > 0) return true;
  return false;
}

/** The write that makes `after` of `before`, unless somebody changed role or status since it was read. */
export function replaceMembership(
  { tables }: Pick<Services, 'tables'>,
  before: Membership,
  after: Membership,
): TransactItems[number] {
  return {
    Put: {
      TableName: tables.tenantUsers,
      Item: after,
      ConditionExpression: '#role = :role AND #status = :status AND updatedAt = :updatedAt',
      ExpressionAttributeNames: { '#role': 'role', '#status': 'status' },
      ExpressionAttributeValues: { ':role': before.role, ':status': before.status, ':updatedAt': before.updatedAt },
    },
  };
}
