import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { MutationDisableOperatorArgs } from '../../generated/control-plane.ts';
import { audit } from './audit.ts';
import type { Dependencies, OperatorCall } from './dependencies.ts';
import { hasOtherAdmin } from './groups.ts';
import { readOperator } from './read-operator.ts';
import { lastAdmin, notFound, type OperatorPayload, refuse } from './refuse.ts';

/** Ends an operator's access: within the minute that the authorizer's answers hold. Safe to repeat. */
export function disableOperator(dependencies: Dependencies) {
  const { cognito, userPoolId } = dependencies;
  return async (call: OperatorCall<MutationDisableOperatorArgs>): Promise<OperatorPayload> => {
    const { id } = call.arguments.input;
    const operator = await readOperator(id, dependencies);
    if (!operator) return notFound();
    if (operator.status === 'DISABLED') return { operator, userErrors: [] };
    const isAdmin = operator.role === 'SYSTEM_ADMIN';
    if (isAdmin && !(await hasOtherAdmin(id, dependencies))) return lastAdmin();
    if (id === call.identity?.userId) {
      return refuse('LAST_ADMIN', 'id', 'You cannot disable yourself; ask another system admin');
    }

    await audit(call, { operator: id, email: operator.email }, dependencies);
    const user = { UserPoolId: userPoolId, Username: id };
    await cognito.send(new AdminDisableUserCommand(user));
    // Two admins may have disabled each other at the same moment: then neither stands.
    if (isAdmin && !(await hasOtherAdmin(id, dependencies))) {
      await cognito.send(new AdminEnableUserCommand(user));
      return lastAdmin();
    }
    await cognito.send(new AdminUserGlobalSignOutCommand(user));
    return { operator: await readOperator(id, dependencies), userErrors: [] };
  };
}
