import { type OperatorIdentity, resolveFields } from '../layer/field-call.ts';
import { createOperator } from './create-operator.ts';
import type { Dependencies, OperatorCall } from './dependencies.ts';
import { disableOperator } from './disable-operator.ts';
import { enableOperator } from './enable-operator.ts';
import { isStanding } from './is-standing.ts';
import { listOperators } from './list-operators.ts';
import { readOperator } from './read-operator.ts';
import { resendToOperator } from './resend-to-operator.ts';
import { updateOperator } from './update-operator.ts';

/** The authorizer lets system admins alone come here; whoever came another way is stopped. */
export class NotSystemAdminError extends Error {
  override readonly name = 'NotSystemAdminError';
  constructor(readonly role: string | undefined) {
    super(`Operators are managed by SYSTEM_ADMIN, not by ${role ?? 'a caller without a role'}`);
  }
}

/** One function a field; `isStanding` is asked by a step, for each operator of itself. */
export function resolveOperators(dependencies: Dependencies) {
  const resolve = resolveFields<OperatorIdentity>({
    operators: listOperators(dependencies),
    operator: ({ arguments: { id } }: OperatorCall<{ id: string }>) => readOperator(id, dependencies),
    createOperator: createOperator(dependencies),
    updateOperator: updateOperator(dependencies),
    disableOperator: disableOperator(dependencies),
    enableOperator: enableOperator(dependencies),
    resendOperatorInvitation: resendToOperator(dependencies),
    isStanding: isStanding(dependencies),
  });
  return async (call: OperatorCall<unknown>): Promise<unknown> => {
    if (call.field !== 'isStanding' && call.identity?.role !== 'SYSTEM_ADMIN')
      throw new NotSystemAdminError(call.identity?.role);
    return resolve(call);
  };
}
