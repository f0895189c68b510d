import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
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

/** Times that a member is worked on whom somebody else keeps changing. */
const mostAttempts = 5;

/**
 * Calls `work` for a page of the tenant's members. Undefined after the last of them. A member who was changed meanwhile, by another
 * run of this step or by an admin, is read anew and worked on again: `work` does nothing more where it is done already.
 */
export async function eachMember(
  { transition }: Situation<MoveItem>,
  dependencies: Dependencies,
  work: (member: Member) => Promise<unknown>,
): Promise<Progress<MoveItem> | undefined> {
  const { tenantId, cursor } = transition;
  const { members, last } = await readMembers(tenantId, { after: cursor?.after }, dependencies);
  for (const member of members) await workOn(member, dependencies, work);
  return last === undefined ? undefined : { set: { cursor: { part: 'members', after: last } } };
}

async function workOn(
  read: Member,
  dependencies: Dependencies,
  work: (member: Member) => Promise<unknown>,
): Promise<void> {
  let member: Member | undefined = read;
  for (let attempt = 1; member; attempt += 1) {
    try {
      await work(member);
      return;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || attempt === mostAttempts) throw error;
    }
    const again = await readMembers(read.tenantId, { only: read.userId }, dependencies);
    member = again.members[0];
  }
}

/** A page of the members after one of them, or that one alone; the last one's id if there may be more. */
async function readMembers(
  tenantId: string,
  { after, only }: { readonly after?: string | undefined; readonly only?: string },
  dependencies: Dependencies,
): Promise<{ readonly members: readonly Member[]; readonly last: string | undefined }> {
  const documents = await openMembers(tenantId, dependencies);
  const userId = only ?? after;
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new QueryCommand({
      TableName: dependencies.tables.TENANT_USERS_TABLE,
      KeyConditionExpression: `tenantId = :tenantId${
        userId === undefined ? '' : ` AND userId ${only ? '=' : '>'} :userId`
      }`,
      ExpressionAttributeValues: { ':tenantId': tenantId, ...(userId !== undefined && { ':userId': userId }) },
      ConsistentRead: true,
      Limit: few,
    }),
  );
  return { members: Items as Member[], last: LastEvaluatedKey?.['userId'] as string | undefined };
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
      // Somebody who is disabled at this moment stays so: this is refused, and the member read anew.
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
