import { AdminAddUserToGroupCommand, InvalidParameterException } from '@aws-sdk/client-cognito-identity-provider';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TenantRole } from '../../generated/application.ts';
import { checkEmail, checkText, problems, tidy, tidyEmail } from '../layer/input-checks.ts';
import { type InvitedUser, inviteUser, resendInvitation } from '../layer/invitation.ts';
import { transact } from '../layer/transact.ts';
import { isMember, type Membership, toPerson } from './membership.ts';
import { noSuchTenant, refuse, type Scope, type Services, type UserPayload } from './services.ts';
import { isBeingMoved, readTenant, type StoredTenant, userPoolOf } from './tenant.ts';

interface CreateUser {
  readonly email: string;
  readonly name: string;
  readonly role: TenantRole;
}

const beingMoved = refuse('INVALID_STATE', null, 'The tenant is being moved to another stack; invite after that.');
const emailTaken = refuse('EMAIL_TAKEN', 'email', 'This e-mail address is in use.');

/**
 * Invites a person: claims the address for the tenant, has Cognito create the user and mail the invitation, puts it
 * into the tenant's group, and last writes the membership, without which nobody gets a token. After a crash anywhere the
 * same call goes on from what is there: the claim says whose the address is. Its mail may not have gone out, so it is sent again.
 */
export const createUser =
  (services: Services) =>
  async (scope: Scope, input: CreateUser): Promise<UserPayload> => {
    const person = { email: tidyEmail(input.email), name: tidy(input.name), role: input.role };
    const userErrors = problems(
      checkEmail('email', person.email),
      checkText('name', person.name, { shortest: 1, longest: 100 }),
    );
    if (userErrors.length > 0) return { user: null, userErrors };

    const tenant = await readTenant(services, scope.tenantId);
    if (!tenant) return noSuchTenant;
    if (isBeingMoved(tenant)) return beingMoved;
    if (!(await claimEmail(services, tenant, person.email))) return emailTaken;
    const invited = await invite(services, tenant, person);
    if (!invited) return refuse('INVALID_INPUT', 'email', 'No mail can be sent to this address.');
    if (!invited.isNew) {
      if (await isMember(services, invited.userId)) return emailTaken;
      if (invited.mustChoosePassword)
        await resendInvitation(services.cognito, { userPoolId: userPoolOf(tenant), email: person.email });
    }
    return addMember(services, scope, { ...person, userId: invited.userId });
  };

function emailClaim({ stack }: StoredTenant, email: string) {
  return { tenantId: `EMAIL#${stack}#${email}` };
}

/** False if the address is another tenant's. */
async function claimEmail({ documents, tables }: Services, tenant: StoredTenant, email: string): Promise<boolean> {
  try {
    await documents.send(
      new PutCommand({
        TableName: tables.tenants,
        Item: { ...emailClaim(tenant, email), owner: tenant.tenantId },
        ConditionExpression: 'attribute_not_exists(tenantId) OR #owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': tenant.tenantId },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Undefined if Cognito does not take the address; the claim is given up then. */
async function invite(
  services: Services,
  tenant: StoredTenant,
  { email, name }: CreateUser,
): Promise<InvitedUser | undefined> {
  const { cognito, documents, tables } = services;
  const userPoolId = userPoolOf(tenant);
  try {
    const invited = await inviteUser(cognito, { userPoolId, email, name });
    await cognito.send(
      new AdminAddUserToGroupCommand({
        UserPoolId: userPoolId,
        Username: invited.userId,
        GroupName: tenant.tenantId,
      }),
    );
    return invited;
  } catch (error) {
    if (!(error instanceof InvalidParameterException)) throw error;
    await documents.send(new DeleteCommand({ TableName: tables.tenants, Key: emailClaim(tenant, email) }));
    return undefined;
  }
}

async function addMember(
  { documents, tables, clock }: Services,
  { tenantId, audit }: Scope,
  { userId, email, name, role }: CreateUser & { readonly userId: string },
): Promise<UserPayload> {
  const now = clock().toISOString();
  const member: Membership = {
    tenantId,
    userId,
    sub: userId,
    email,
    name,
    role,
    status: 'INVITED',
    createdAt: now,
    updatedAt: now,
  };
  const { written } = await transact(documents, [
    { Put: { TableName: tables.tenantUsers, Item: member, ConditionExpression: 'attribute_not_exists(userId)' } },
    ...audit({ userId, email, role }),
  ]);
  // The same call at the same time was first.
  return written ? { user: toPerson(member), userErrors: [] } : emailTaken;
}
