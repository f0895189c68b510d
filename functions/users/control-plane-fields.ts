import type {
  CreateTenantUserInput,
  DisableTenantUserInput,
  DisableTenantUsersInput,
  EnableTenantUserInput,
  EnableTenantUsersInput,
  ResendTenantUserInvitationInput,
  UpdateTenantUserInput,
} from '../../generated/control-plane.ts';
import { auditEntry } from '../layer/audit-entry.ts';
import { type FieldCall, type OperatorIdentity, resolveFields } from '../layer/field-call.ts';
import { enterTenant } from '../layer/tenant-context.ts';
import { createUser } from './create-user.ts';
import { disableAllUsers, enableAllUsers } from './all-users.ts';
import { disableUser } from './disable-user.ts';
import { enableUser } from './enable-user.ts';
import { resendToUser } from './resend-to-user.ts';
import type { Scope, Services } from './services.ts';
import { updateUser } from './update-user.ts';

/** The authorizer denies these fields to others already; a deployment that lost that would stop here. */
export class NotSystemAdminError extends Error {
  override readonly name = 'NotSystemAdminError';
  constructor(readonly role: string | undefined) {
    super(`The caller is ${role ?? 'nobody'}, expected SYSTEM_ADMIN`);
  }
}

/** The control plane: an operator names the tenant, and what is done is put into the audit log with it. */
export function controlPlaneFields(services: Services, auditLog: string) {
  const asOperator =
    <Input extends { readonly tenantId: string }>(operation: (scope: Scope, input: Input) => Promise<unknown>) =>
    async ({ field, identity, arguments: { input } }: FieldCall<{ input: Input }, OperatorIdentity>) => {
      if (identity?.role !== 'SYSTEM_ADMIN') throw new NotSystemAdminError(identity?.role);
      const { tenantId } = input;
      enterTenant({ tenantId });
      const audit: Scope['audit'] = (detail) => {
        const Item = auditEntry({ actor: identity, action: field, tenantId, detail }, services.clock);
        return [{ Put: { TableName: auditLog, Item } }];
      };
      return operation({ tenantId, audit }, input);
    };

  return resolveFields<OperatorIdentity>({
    createTenantUser: asOperator<CreateTenantUserInput>(createUser(services)),
    updateTenantUser: asOperator<UpdateTenantUserInput>(updateUser(services)),
    disableTenantUser: asOperator<DisableTenantUserInput>(disableUser(services)),
    enableTenantUser: asOperator<EnableTenantUserInput>(enableUser(services)),
    resendTenantUserInvitation: asOperator<ResendTenantUserInvitationInput>(resendToUser(services)),
    disableTenantUsers: asOperator<DisableTenantUsersInput>(disableAllUsers(services)),
    enableTenantUsers: asOperator<EnableTenantUsersInput>(enableAllUsers(services)),
  });
}
