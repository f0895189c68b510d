import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import type { TenantRole, TenantStatus, Tier, UserStatus } from '../../generated/control-plane.ts';
import type { Clock } from '../layer/clock.ts';
import { enterTenant } from '../layer/tenant-context.ts';

/**
 * No token: the person is no active member of an active tenant of this stack. Cognito shows the message to the client, which has proved by then
 * whose account it is: to a member it says what stands in the way and what to do, in a sentence each.
 */
export class NoMembershipError extends Error {
  override readonly name = 'NoMembershipError';
  constructor(readonly reason: string, message = 'This account is not an active member of an active tenant.') {
    super(message);
  }
}

const notReady = 'This workspace is not ready yet. Try again in a few minutes.';
const closed = 'This workspace is closed. Ask the support, if it should not be.';
const obstacles: Readonly<Record<Exclude<TenantStatus, 'ACTIVE'>, string>> = {
  SUSPENDED: 'This workspace is suspended. Ask whoever pays for it, or the support, to have it activated.',
  REQUESTED: notReady,
  PROVISIONING: notReady,
  FAILED: 'This workspace could not be made ready. Ask the support.',
  OFFBOARDING: closed,
  OFFBOARDED: closed,
};

interface Membership {
  readonly tenantId: string;
  readonly userId: string;
  readonly role: TenantRole;
  readonly status: UserStatus;
}

interface Tenant {
  readonly tier: Tier;
  readonly status: TenantStatus;
  readonly stack: string;
}

interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: { readonly tenants: string; readonly tenantUsers: string };
  /** The tenant stack that this pool belongs to. */
  readonly stack: string;
  readonly clock: Clock;
}

/**
 * Writes tenant, user id, role and tier into both tokens, from the registry, by the user's `sub`: no attribute that a user
 * could write is read. The user id stays when a tenant moves to another stack; the `sub` is that pool's. A person's first token ends the invitation.
 * Source: Amazon Cognito developer guide, "Pre token generation Lambda trigger", event version 2.
 */
export function createPreToken(dependencies: Dependencies) {
  return async (event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> => {
    const membership = await readMembership(dependencies, event.request.userAttributes.sub ?? '');
    const tenant = await readTenant(dependencies, membership);
    enterTenant({ tenantId: membership.tenantId, tier: tenant.tier });
    if (membership.status === 'INVITED') await acceptInvitation(dependencies, membership);
    const claims = {
      tenantId: membership.tenantId,
      userId: membership.userId,
      role: membership.role,
      tier: tenant.tier,
    };
    event.response = {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: claims },
        idTokenGeneration: { claimsToAddOrOverride: claims },
      },
    };
    return event;
  };
}

async function readMembership({ documents, tables }: Dependencies, sub: string): Promise<Membership> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tables.tenantUsers,
      IndexName: 'sub',
      KeyConditionExpression: '#sub = :sub',
      ExpressionAttributeNames: { '#sub': 'sub' },
      ExpressionAttributeValues: { ':sub': sub },
    }),
  );
  const [membership, another] = Items as Membership[];
  if (!membership || another) throw new NoMembershipError(`${Items.length} memberships, expected 1`);
  if (membership.status === 'DISABLED') {
    throw new NoMembershipError(
      'membership is DISABLED',
      'Your account is disabled. Ask an administrator of your workspace to enable it.',
    );
  }
  return membership;
}

async function readTenant({ documents, tables, stack }: Dependencies, { tenantId }: Membership): Promise<Tenant> {
  const { Item } = await documents.send(new GetCommand({ TableName: tables.tenants, Key: { tenantId } }));
  const tenant = Item as Tenant | undefined;
  if (!tenant) throw new NoMembershipError('tenant is absent');
  if (tenant.status !== 'ACTIVE') throw new NoMembershipError(`tenant is ${tenant.status}`, obstacles[tenant.status]);
  if (tenant.stack !== stack) {
    throw new NoMembershipError(`tenant lives in ${tenant.stack}`, 'This workspace has moved. Open it again.');
  }
  return tenant;
}

async function acceptInvitation({ documents, tables, clock }: Dependencies, { tenantId, userId }: Membership) {
  try {
    await documents.send(
      new UpdateCommand({
        TableName: tables.tenantUsers,
        Key: { tenantId, userId },
        UpdateExpression: 'SET #status = :active, updatedAt = :now',
        ConditionExpression: '#status = :invited',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':active': 'ACTIVE', ':invited': 'INVITED', ':now': clock().toISOString() },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // Another sign-in accepted it, or an admin disabled the user this moment: the authorizer reads which.
  }
}
