import {
  AdminDeleteUserCommand,
  DeleteGroupCommand,
  ListUsersInGroupCommand,
  ResourceNotFoundException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Cursor, TransitionItem } from '../../../schema/transition.ts';
import { emailClaim, pooledStack } from '../../layer/registry.ts';
import type { Dependencies, Progress, Situation } from '../dependencies.ts';
import { readyStack } from '../situation.ts';
import { removeClaim } from './remove-claim.ts';
import { writeAll } from './remove-data.ts';

/** Users that one call works on: Cognito takes some 25 such calls a second. */
const few = 20;

interface Removal<Item extends TransitionItem> extends Situation<Item> {
  /** Whether the registry forgets them too; not where they only moved. */
  readonly andMemberships: boolean;
}

/**
 * Removes some of the tenant's people from one stack: their accounts in its user pool, their claims there, and the group.
 * The group finds those whom the registry does not know, as a crash leaves them. Undefined when nobody is left.
 */
export async function removeUsers<Item extends TransitionItem>(
  stack: string,
  removal: Removal<Item>,
  dependencies: Dependencies,
): Promise<Pick<Progress<Item>, 'set'> | undefined> {
  const { cursor = { part: 'accounts' } } = removal.transition;
  const { tenantId } = removal.transition;
  if (cursor.part === 'accounts') {
    const more = stack === pooledStack && (await removeAccounts(stack, tenantId, dependencies));
    return goOn(more ? cursor : { part: 'memberships' });
  }
  const next = await removeMemberships(stack, removal, cursor, dependencies);
  return next && goOn(next);
}

function goOn<Item extends TransitionItem>(cursor: Cursor): Pick<Progress<Item>, 'set'> {
  return { set: { cursor } } as Pick<Progress<Item>, 'set'>;
}

/** True if there may be more. A silo's pool of users goes with its stack. */
async function removeAccounts(stack: string, tenantId: string, dependencies: Dependencies): Promise<boolean> {
  const { cognito } = dependencies;
  const { userPoolId: UserPoolId } = await readyStack(stack, dependencies);
  const group = { UserPoolId, GroupName: tenantId };
  try {
    const { Users = [] } = await cognito.send(new ListUsersInGroupCommand({ ...group, Limit: few }));
    for (const { Username, Attributes } of Users) {
      const email = Attributes?.find(({ Name }) => Name === 'email')?.Value;
      if (email !== undefined) await removeClaim(emailClaim(stack, email), tenantId, dependencies);
      await removeAccount(UserPoolId, Username ?? '', dependencies);
    }
    if (Users.length > 0) return true;
    await cognito.send(new DeleteGroupCommand(group));
  } catch (error) {
    // The group is gone already, or its onboarding never came to it.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return false;
}

async function removeAccount(UserPoolId: string, Username: string, { cognito }: Dependencies): Promise<void> {
  try {
    await cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
  } catch (error) {
    if (!(error instanceof UserNotFoundException)) throw error;
  }
}

/** Where to go on; undefined at the end. */
async function removeMemberships<Item extends TransitionItem>(
  stack: string,
  { transition, andMemberships }: Removal<Item>,
  { after }: Cursor,
  dependencies: Dependencies,
): Promise<Cursor | undefined> {
  const { tenantId } = transition;
  const table = dependencies.tables.TENANT_USERS_TABLE;
  const { dataRoleArn } = await readyStack(pooledStack, dependencies);
  const members = await dependencies.tenantSession(dataRoleArn, tenantId);
  const { Items = [], LastEvaluatedKey } = await members.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: `tenantId = :tenantId${after === undefined ? '' : ' AND userId > :after'}`,
      ExpressionAttributeValues: { ':tenantId': tenantId, ...(after !== undefined && { ':after': after }) },
      ConsistentRead: true,
      Limit: few,
    }),
  );
  for (const { email } of Items) await removeClaim(emailClaim(stack, String(email)), tenantId, dependencies);
  if (andMemberships) {
    const requests = Items.map(({ userId }) => ({ DeleteRequest: { Key: { tenantId, userId: String(userId) } } }));
    await writeAll(members, table, requests);
  }
  const last = LastEvaluatedKey?.['userId'] as string | undefined;
  return last === undefined ? undefined : { part: 'memberships', after: last };
}
