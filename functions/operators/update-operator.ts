import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { MutationUpdateOperatorArgs } from '../../generated/control-plane.ts';
import { checkText, invalidInput, problems, tidy } from '../layer/input-checks.ts';
import { audit } from './audit.ts';
import { changeRole } from './change-role.ts';
import { nameLength } from './create-operator.ts';
import type { Dependencies, OperatorCall } from './dependencies.ts';
import { hasOtherAdmin } from './groups.ts';
import { readOperator } from './read-operator.ts';
import { lastAdmin, notFound, type OperatorPayload } from './refuse.ts';

/** Changes what is given of an operator; a new role holds after a new sign-in. */
export function updateOperator(dependencies: Dependencies) {
  const { cognito, userPoolId } = dependencies;
  return async (call: OperatorCall<MutationUpdateOperatorArgs>): Promise<OperatorPayload> => {
    const { id, name: givenName } = call.arguments.input;
    const name = typeof givenName === 'string' ? tidy(givenName) : undefined;
    const userErrors = problems(
      name === undefined ? null : checkText('name', name, nameLength),
      name === undefined && !call.arguments.input.role
        ? invalidInput('name', 'and role are both missing, expected one to change')
        : null,
    );
    if (userErrors.length > 0) return { operator: null, userErrors };
    const operator = await readOperator(id, dependencies);
    if (!operator) return notFound();
    const role = call.arguments.input.role ?? operator.role;
    const isDemotion = operator.role === 'SYSTEM_ADMIN' && role !== 'SYSTEM_ADMIN';
    if (isDemotion && !(await hasOtherAdmin(id, dependencies))) return lastAdmin();

    await audit(call, { operator: id, ...(name !== undefined && { name }), role }, dependencies);
    if (name !== undefined) {
      const UserAttributes = [{ Name: 'name', Value: name }];
      await cognito.send(
        new AdminUpdateUserAttributesCommand({ UserPoolId: userPoolId, Username: id, UserAttributes }),
      );
    }
    if (role !== operator.role) {
      await changeRole(id, { from: operator.role, to: role }, dependencies);
      if (isDemotion && !(await hasOtherAdmin(id, dependencies))) {
        await changeRole(id, { from: role, to: operator.role }, dependencies);
        return lastAdmin();
      }
    }
    return { operator: await readOperator(id, dependencies), userErrors: [] };
  };
}
