import { AdminEnableUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { MutationEnableOperatorArgs } from '../../generated/control-plane.ts';
import { audit } from './audit.ts';
import type { Dependencies, OperatorCall } from './dependencies.ts';
import { readOperator } from './read-operator.ts';
import { notFound, type OperatorPayload } from './refuse.ts';

/** Gives a disabled operator access again, after a new sign-in. Safe to repeat. */
export function enableOperator(dependencies: Dependencies) {
  const { cognito, userPoolId } = dependencies;
  return async (call: OperatorCall<MutationEnableOperatorArgs>): Promise<OperatorPayload> => {
    const { id } = call.arguments.input;
    const operator = await readOperator(id, dependencies);
    if (!operator) return notFound();
    if (operator.status !== 'DISABLED') return { operator, userErrors: [] };
    await audit(call, { operator: id, email: operator.email }, dependencies);
    await cognito.send(new AdminEnableUserCommand({ UserPoolId: userPoolId, Username: id }));
    return { operator: await readOperator(id, dependencies), userErrors: [] };
  };
}
