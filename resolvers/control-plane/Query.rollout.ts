import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { QueryRolloutArgs, Rollout } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { isRollout, type StoredRollout, toRollout } from '../lib/registry/rollout.ts';

export function request(ctx: Context<QueryRolloutArgs>) {
  if (!isIdentifier(ctx.args.id)) runtime.earlyReturn(null);
  return get({ key: { rolloutId: ctx.args.id }, consistentRead: true });
}

export function response(
  ctx: Context<QueryRolloutArgs, object, undefined, undefined, StoredRollout | null>,
): Rollout | null {
  failOnError(ctx);
  return isRollout(ctx.result) ? toRollout(ctx.result) : null;
}
