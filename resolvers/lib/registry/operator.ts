import { type AppSyncIdentityLambda, type Context, util } from '@aws-appsync/utils';
import type { OperatorRole } from '../../../generated/control-plane.ts';

/** Who calls the control plane, as its authorizer found out. */
export interface OperatorIdentity {
  readonly role: OperatorRole;
  readonly userId: string;
  readonly email: string;
  /** Seconds since the epoch; a text, as AppSync passes nothing else unchanged. */
  readonly tokenExpiresAt?: string;
}

/** Refuses whoever came without the authorizer: the API key and IAM make nobody an operator. */
export function operator(ctx: Context): OperatorIdentity {
  const identity = (ctx.identity as AppSyncIdentityLambda | null)?.resolverContext as OperatorIdentity | undefined;
  if (!identity?.userId || !identity.role) return util.unauthorized();
  return identity;
}
