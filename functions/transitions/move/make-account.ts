import {
  AdminAddUserToGroupCommand,
  CreateGroupCommand,
  GroupExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { MoveItem } from '../../../schema/transition.ts';
import { inviteUser } from '../../layer/invitation.ts';
import { emailClaim } from '../../layer/registry.ts';
import type { Dependencies } from '../dependencies.ts';
import { readyStack } from '../situation.ts';
import { AddressTakenError } from './errors.ts';
import { type Account, type Member, updateMember } from './members.ts';

/** The tenant's group in the pool of users of the stack to which it moves. */
export async function makeGroup({ tenantId, toStack }: MoveItem, dependencies: Dependencies): Promise<void> {
  const { userPoolId } = await readyStack(toStack, dependencies);
  try {
    await dependencies.cognito.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName: tenantId }));
  } catch (error) {
    if (!(error instanceof GroupExistsException)) throw error;
  }
}

/**
 * A member's account in the stack to which the tenant moves, without mail: found if it is there, made if not. Answers it, and keeps
 * it in the membership, where nothing uses it before the switch.
 */
export async function makeAccount(transition: MoveItem, member: Member, dependencies: Dependencies): Promise<Account> {
  const { tenantId, transitionId, toStack } = transition;
  const { cognito } = dependencies;
  await claimAddress(transition, member.email, dependencies);
  const { userPoolId } = await readyStack(toStack, dependencies);
  const { email, name } = member;
  const invited = await inviteUser(cognito, { userPoolId, email, name, isQuiet: true });
  const user = { UserPoolId: userPoolId, Username: invited.userId, GroupName: tenantId };
  await cognito.send(new AdminAddUserToGroupCommand(user));
  const status = invited.mustChoosePassword ? 'INVITED' : 'ACTIVE';
  const account: Account = { stack: toStack, transitionId, sub: invited.userId, status };
  await updateMember(member, { nextAccount: account }, dependencies);
  return account;
}

/** @throws AddressTakenError */
async function claimAddress(
  { tenantId, toStack }: MoveItem,
  email: string,
  { documents, tables }: Dependencies,
): Promise<void> {
  try {
    await documents.send(
      new PutCommand({
        TableName: tables.TENANTS_TABLE,
        Item: { tenantId: emailClaim(toStack, email), owner: tenantId },
        ConditionExpression: 'attribute_not_exists(tenantId) OR #owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': tenantId },
      }),
    );
  } catch (error) {
    throw error instanceof ConditionalCheckFailedException ? new AddressTakenError(toStack) : error;
  }
}
