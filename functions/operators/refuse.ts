import type { Operator, UserError, UserErrorCode } from '../../generated/control-plane.ts';
import { userError } from '../layer/user-error.ts';

/** The payload of every mutation of operators. */
export interface OperatorPayload {
  readonly operator: Operator | null;
  readonly userErrors: readonly UserError[];
}

export function refuse(code: UserErrorCode, field: string | null, message: string): OperatorPayload {
  return { operator: null, userErrors: [userError(code, field, message)] };
}

export function notFound(): OperatorPayload {
  return refuse('NOT_FOUND', 'id', 'There is no such operator');
}

export function lastAdmin(): OperatorPayload {
  return refuse('LAST_ADMIN', 'id', 'This is the last system admin who can sign in; make another one first');
}
