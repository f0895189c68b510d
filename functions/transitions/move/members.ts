import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TenantRole, UserStatus } from '../../../generated/control-plane.ts';
import type { MoveItem } from '../../../schema/transition.ts';
import { pooledStack } from '../../layer/registry.ts';
import type { Dependencies, Progress, Situation } from '../dependencies.ts';
import { readyStack } from '../situation.ts';

/** An account in a pool of users: its `sub`, and how the person stands there. */
export interface Account {
  /** The stack of the pool; the transition that made or left it. */
  readonly stack: string;
  readonly transitionId: string;
  readonly sub: string;
  readonly status: UserStatus;
}

/** An item of TenantUsers, as a move needs it. */
export interface Member {
  readonly tenantId: string;
  readonly userId: string;
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly role: TenantRole;
  readonly status: UserStatus;
  /** In the stack to which the tenant moves. */
  readonly nextAccount?: Account;
  /** In the stack from which it moved. */
  readonly lastAccount?: Account;
}

/** Members that one call works on: Cognito takes some 25 such calls a second. */
const few = 10;

/** Calls `work` for a page of the tenant's members. Undefined after the last of them. */
export async function eachMember(
  { transition }: Situation<MoveItem>,
  dependencies: Dependencies,
  work: (member: Member) => Promise<unknown>,
): Promise<Progress<MoveItem> | undefined> {
  const { tenantId, cursor } = transition;
  const documents = await openMembers(tenantId, dependencies);
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName: dependencies.tables.TENANT_USERS_TABLE,
      KeyConditionExpression: `tenantId = :tenantId${cursor?.after === undefined ? '' : ' AND userId > :after'}`,
      ExpressionAttributeValues: {
        ':tenantId': tenantId,
        ...(cursor?.after !== undefined && { ':after': cursor.after }),
      },
      ConsistentRead: true,
      Limit: few,
    }),
  );
  for (const member of Items as Member[]) await work(member);
  const after = LastEvaluatedKey?.['userId'] as string | undefined;
  return after === undefined ? undefined : { set: { cursor: { part: 'members', after } } };
}

/** Sets or, with undefined, removes attributes of a member who is as it was read. */
export async function updateMember(
  { tenantId, userId, status, sub }: Member,
  changes: Partial<Pick<Member, 'sub' | 'status' | 'nextAccount' | 'lastAccount'>>,
  dependencies: Dependencies,
): Promise<void> {
  const names = Object.keys(changes) as (keyof typeof changes)[];
  const removed = names.filter((name) => changes[name] === undefined);
  const set = { ...changes, updatedAt: dependencies.clock().toISOString() };
  const kept = Object.entries(set).filter(([, value]) => value !== undefined);
  const documents = await openMembers(tenantId, dependencies);
  await documents.send(
    new UpdateCommand({
      TableName: dependencies.tables.TENANT_USERS_TABLE,
      Key: { tenantId, userId },
      UpdateExpression: `SET ${kept.map(([name]) => `#${name} = :${name}`).join(', ')}${
        removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : ''
      }`,
      // Somebody who is disabled at this moment stays so: the step fails and reads anew.
      ConditionExpression: '#status = :before AND #sub = :subBefore',
      ExpressionAttributeNames: Object.fromEntries(
        [...names, 'updatedAt', 'status', 'sub'].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: {
        ...Object.fromEntries(kept.map(([name, value]) => [`:${name}`, value])),
        ':before': status,
        ':subBefore': sub,
      },
    }),
  );
}

/** The control plane's table of users is within reach of the pool's data role. */
async function openMembers(tenantId: string, dependencies: Dependencies): Promise<Dependencies['documents']> {
  const { dataRoleArn } = await readyStack(pooledStack, dependencies);
  return dependencies.tenantSession(dataRoleArn, tenantId);
}
