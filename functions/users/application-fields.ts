import type {
  CreateUserInput,
  DisableUserInput,
  EnableUserInput,
  ResendInvitationInput,
  UpdateUserInput,
} from '../../generated/application.ts';
import { type FieldCall, resolveFields } from '../layer/field-call.ts';
import { enterTenant } from '../layer/tenant-context.ts';
import { createUser } from './create-user.ts';
import { disableUser } from './disable-user.ts';
import { enableUser } from './enable-user.ts';
import { resendToUser } from './resend-to-user.ts';
import type { Scope, Services } from './services.ts';
import { updateUser } from './update-user.ts';

/** The authorizer's resolverContext, as far as it matters here. */
export interface TenantIdentity {
  readonly tenantId: string;
  readonly tier: string;
  readonly role: string;
  readonly userId: string;
}

/** The authorizer denies these fields to others already; a deployment that lost that would stop here. */
export class NotTenantAdminError extends Error {
  override readonly name = 'NotTenantAdminError';
  constructor(readonly role: string | undefined) {
    super(`The caller is ${role ?? 'nobody'}, expected TENANT_ADMIN of a tenant`);
  }
}

/** The application plane: the tenant is the caller's, whatever the arguments say. */
export function applicationFields(services: Services) {
  return resolveFields<TenantIdentity>({
    createUser: inOwnTenant<CreateUserInput>(createUser(services)),
    updateUser: inOwnTenant<UpdateUserInput>(updateUser(services)),
    disableUser: inOwnTenant<DisableUserInput>(disableUser(services)),
    enableUser: inOwnTenant<EnableUserInput>(enableUser(services)),
    resendInvitation: inOwnTenant<ResendInvitationInput>(resendToUser(services)),
  });
}

function inOwnTenant<Input>(operation: (scope: Scope, input: Input) => Promise<unknown>) {
  return async ({ identity, arguments: { input } }: FieldCall<{ input: Input }, TenantIdentity>) => {
    if (!identity?.tenantId || identity.role !== 'TENANT_ADMIN') throw new NotTenantAdminError(identity?.role);
    enterTenant({ tenantId: identity.tenantId, tier: identity.tier });
    return operation({ tenantId: identity.tenantId, audit: () => [] }, input);
  };
}
