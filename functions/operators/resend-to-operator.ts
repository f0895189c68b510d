import type { MutationResendOperatorInvitationArgs } from '../../generated/control-plane.ts';
import { resendInvitation } from '../layer/invitation.ts';
import { audit } from './audit.ts';
import type { Dependencies, OperatorCall } from './dependencies.ts';
import { readOperator } from './read-operator.ts';
import { notFound, type OperatorPayload, refuse } from './refuse.ts';

/** Mails a new temporary password to an operator whose invitation was lost or has run out. */
export function resendToOperator(dependencies: Dependencies) {
  const { cognito, userPoolId } = dependencies;
  return async (call: OperatorCall<MutationResendOperatorInvitationArgs>): Promise<OperatorPayload> => {
    const { id } = call.arguments.input;
    const operator = await readOperator(id, dependencies);
    if (!operator) return notFound();
    const { email, status } = operator;
    if (status === 'DISABLED') return refuse('INVALID_STATE', 'id', `${email} is disabled; enable the operator first`);
    if (status === 'ACTIVE') return refuse('INVALID_STATE', 'id', `${email} has chosen a password already`);
    await audit(call, { operator: id, email }, dependencies);
    await resendInvitation(cognito, { userPoolId, email });
    return { operator: await readOperator(id, dependencies), userErrors: [] };
  };
}
