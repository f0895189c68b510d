import {
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  CreateGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { givenPool, startCognito } from '../../../infra/local/cognito/testing/start-cognito.ts';
import { gateItem } from '../../../schema/gate.ts';
import { leaveTenant } from '../../layer/tenant-context.ts';
import { startTables } from '../../layer/testing/engine.ts';
import { applicationFields } from '../application-fields.ts';
import { controlPlaneFields } from '../control-plane-fields.ts';
import type { Services, UserPayload } from '../services.ts';

export const codes = ({ userErrors }: Pick<UserPayload, 'userErrors'>) => userErrors.map(({ code }) => code);

export type UsersScene = Awaited<ReturnType<typeof startUsersScene>>;

/** Tenants and their users, in an engine and a Cognito of their own. */
export async function startUsersScene() {
  const engine = await startTables();
  const cognito = await startCognito();
  const { poolId: userPoolId } = await givenPool(cognito);
  const { TENANTS_TABLE, TENANT_USERS_TABLE, GATES_TABLE, AUDIT_LOG_TABLE } = engine.tables;
  const { documents } = engine;
  const services: Services = {
    documents,
    cognito: cognito.sdk,
    tables: { tenants: TENANTS_TABLE, tenantUsers: TENANT_USERS_TABLE, gates: GATES_TABLE },
    clock: () => scene.now ?? new Date(),
  };
  let people = 0;
  let tenants = 0;

  const scene = {
    cognito,
    services,
    /** The tenant of whoever calls. */
    tenantId: '',
    /** What the clock says; it runs where this is undefined. */
    now: undefined as Date | undefined,

    /** Another tenant, which is the caller's from then on. */
    async nextTenant(): Promise<void> {
      tenants += 1;
      scene.now = undefined;
      scene.tenantId = `tenant-${tenants}`;
      await scene.givenTenant(scene.tenantId);
    },

    async givenTenant(id: string): Promise<void> {
      const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30_000 };
      const tenant = {
        tenantId: id,
        listing: 'TENANT',
        slug: id,
        status: 'ACTIVE',
        stack: 'pooled',
        tier: 'BASIC',
        userPoolId,
      };
      await documents.send(new PutCommand({ TableName: TENANTS_TABLE, Item: tenant }));
      await documents.send(new PutCommand({ TableName: GATES_TABLE, Item: gateItem(id, limits, 'pooled') }));
      await cognito.sdk.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName: id }));
    },

    /** One mutation as a tenant's admin sends it. */
    async asAdmin(field: string, input: object, identity: object = {}, by: Services = services): Promise<UserPayload> {
      const { tenantId } = scene;
      const caller = { tenantId, tier: 'BASIC', role: 'TENANT_ADMIN', userId: 'caller', ...identity };
      const answer = await applicationFields(by)({ field, arguments: { input }, identity: caller }).finally(
        leaveTenant,
      );
      return answer as UserPayload;
    },

    /** One mutation as an operator sends it. */
    asOperator<Payload = UserPayload>(field: string, input: object, role = 'SYSTEM_ADMIN'): Promise<Payload> {
      const identity = { role: role as 'SYSTEM_ADMIN', userId: 'op', email: 'op@example.com' };
      const fields = controlPlaneFields(services, AUDIT_LOG_TABLE);
      const arguments_ = { input: { tenantId: scene.tenantId, ...input } };
      return fields({ field, arguments: arguments_, identity }) as Promise<Payload>;
    },

    /** A member; `signedIn` as the pre-token trigger leaves one that has accepted the invitation. */
    async member(role: 'TENANT_ADMIN' | 'TENANT_USER', { signedIn = true } = {}) {
      people += 1;
      const email = `person-${people}@example.com`;
      const { user } = await scene.asAdmin('createUser', { email, name: 'Person', role });
      if (!user) throw new Error('No user');
      if (signedIn) {
        await scene.choosePassword(user.id);
        await scene.setStatus(user.id, 'ACTIVE');
      }
      return { ...user, email };
    },

    async choosePassword(userId: string): Promise<void> {
      const password = { UserPoolId: userPoolId, Username: userId, Password: 'Correct-horse-1', Permanent: true };
      await cognito.sdk.send(new AdminSetUserPasswordCommand(password));
    },

    async setStatus(userId: string, status: string): Promise<void> {
      await documents.send(
        new UpdateCommand({
          TableName: TENANT_USERS_TABLE,
          Key: { tenantId: scene.tenantId, userId },
          UpdateExpression: 'SET #status = :status',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':status': status },
        }),
      );
    },

    /** As a move between the pool and a stack of its own leaves the tenant. */
    async setMove(status: string): Promise<void> {
      await documents.send(
        new UpdateCommand({
          TableName: TENANTS_TABLE,
          Key: { tenantId: scene.tenantId },
          UpdateExpression: 'SET #move = :move',
          ExpressionAttributeNames: { '#move': 'move' },
          ExpressionAttributeValues: { ':move': { status } },
        }),
      );
    },

    userPoolId,
    inCognito: (userId: string) =>
      cognito.sdk.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: userId })),

    async row(userId: string) {
      const Key = { tenantId: scene.tenantId, userId };
      return (await documents.send(new GetCommand({ TableName: TENANT_USERS_TABLE, Key }))).Item;
    },

    async blockedUsers(): Promise<string[]> {
      const Key = { tenantId: scene.tenantId };
      const { Item } = await documents.send(new GetCommand({ TableName: GATES_TABLE, Key }));
      return [...((Item?.blockedUsers as Set<string> | undefined) ?? [])];
    },

    /** The tenant's part of the audit log. */
    async audited() {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: AUDIT_LOG_TABLE,
          IndexName: 'tenantId',
          KeyConditionExpression: 'tenantId = :tenantId',
          ExpressionAttributeValues: { ':tenantId': scene.tenantId },
        }),
      );
      return Items;
    },

    async stop(): Promise<void> {
      await engine.stop();
      await cognito.stop();
    },
  };
  return scene;
}
