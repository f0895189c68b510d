import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Rollout, UserError, UserErrorCode } from '../../generated/control-plane.ts';
import type { Clock } from '../layer/clock.ts';
import type { FieldCall, OperatorIdentity } from '../layer/field-call.ts';
import type { CreateId } from '../layer/ids.ts';
import { userError } from '../layer/user-error.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Readonly<
    Record<'ROLLOUTS_TABLE' | 'RELEASES_TABLE' | 'TENANT_STACK_MAPPING_TABLE' | 'AUDIT_LOG_TABLE', string>
  >;
  readonly clock: Clock;
  readonly createId: CreateId;
}

/** A call of one of these fields. */
export type AdminCall<Arguments> = FieldCall<Arguments, OperatorIdentity>;

/** The authorizer lets system admins alone come here; whoever came another way is stopped. */
export class NotSystemAdminError extends Error {
  override readonly name = 'NotSystemAdminError';
  constructor(readonly role: string | undefined) {
    super(`Rollouts are run by SYSTEM_ADMIN, not by ${role ?? 'a caller without a role'}`);
  }
}

export function adminOf({ identity }: AdminCall<unknown>): OperatorIdentity {
  if (identity?.role !== 'SYSTEM_ADMIN') throw new NotSystemAdminError(identity?.role);
  return identity;
}

export interface RolloutPayload {
  readonly rollout: Rollout | null;
  readonly userErrors: readonly UserError[];
}

export function refuse(code: UserErrorCode, field: string | null, message: string): RolloutPayload {
  return { rollout: null, userErrors: [userError(code, field, message)] };
}

export const noSuchRollout = refuse('NOT_FOUND', 'rolloutId', 'There is no such rollout');
