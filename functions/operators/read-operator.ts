import { AdminGetUserCommand, UserNotFoundException } from '@aws-sdk/client-cognito-identity-provider';
import type { Operator } from '../../generated/control-plane.ts';
import type { Dependencies } from './dependencies.ts';
import { roleOf } from './groups.ts';
import { toOperator } from './to-operator.ts';

const userId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The operator with this id; null if there is none. */
export async function readOperator(
  id: string,
  pool: Pick<Dependencies, 'cognito' | 'userPoolId'>,
): Promise<Operator | null> {
  // Cognito would take an e-mail address for an id too.
  if (!userId.test(id)) return null;
  try {
    const user = await pool.cognito.send(new AdminGetUserCommand({ UserPoolId: pool.userPoolId, Username: id }));
    const role = await roleOf(id, pool);
    return role ? toOperator(user, user.UserAttributes, role) : null;
  } catch (error) {
    if (error instanceof UserNotFoundException) return null;
    throw error;
  }
}
