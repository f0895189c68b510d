import type { Environment, Operation } from '../../service.ts';
import type { Authorization } from '../authorization.ts';
import type { IdentityStore } from '../store.ts';
import { attachRolePolicy } from './attach-role-policy.ts';
import { createRole } from './create-role.ts';
import { deleteRolePolicy } from './delete-role-policy.ts';
import { deleteRole } from './delete-role.ts';
import { detachRolePolicy } from './detach-role-policy.ts';
import { getRolePolicy } from './get-role-policy.ts';
import { getRole } from './get-role.ts';
import { listAttachedRolePolicies } from './list-attached-role-policies.ts';
import { listRolePolicies } from './list-role-policies.ts';
import { listRoles } from './list-roles.ts';
import { putRolePolicy } from './put-role-policy.ts';
import { simulatePrincipalPolicy } from './simulate-principal-policy.ts';

export function iamOperations(
  store: IdentityStore,
  authorization: Pick<Authorization, 'explain'>,
  environment: Environment,
): Record<string, Operation> {
  return {
    AttachRolePolicy: attachRolePolicy(store),
    CreateRole: createRole(store),
    DeleteRole: deleteRole(store),
    DeleteRolePolicy: deleteRolePolicy(store),
    DetachRolePolicy: detachRolePolicy(store),
    GetRole: getRole(store),
    GetRolePolicy: getRolePolicy(store),
    ListAttachedRolePolicies: listAttachedRolePolicies(store),
    ListRolePolicies: listRolePolicies(store),
    ListRoles: listRoles(store),
    PutRolePolicy: putRolePolicy(store),
    SimulatePrincipalPolicy: simulatePrincipalPolicy(store, authorization, environment),
  };
}
