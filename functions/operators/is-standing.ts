import type { Dependencies, OperatorCall } from './dependencies.ts';
import { readOperator } from './read-operator.ts';

/** Whether the caller is an operator at this moment, and not only was one when the authorizer was asked. */
export function isStanding(pool: Pick<Dependencies, 'cognito' | 'userPoolId'>) {
  return async ({ identity }: OperatorCall<unknown>): Promise<boolean> => {
    const operator = identity ? await readOperator(identity.userId, pool) : null;
    return operator !== null && operator.status !== 'DISABLED';
  };
}
