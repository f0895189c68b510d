import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { ProvisioningRun, QueryProvisioningRunArgs } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { type StoredRun, toRun } from '../lib/registry/provisioningRun.ts';

export function request(ctx: Context<QueryProvisioningRunArgs>) {
  if (!isIdentifier(ctx.args.id)) runtime.earlyReturn(null);
  return get({ key: { runId: ctx.args.id }, consistentRead: true });
}

export function response(
  ctx: Context<QueryProvisioningRunArgs, object, undefined, undefined, StoredRun | null>,
): ProvisioningRun | null {
  failOnError(ctx);
  return ctx.result ? toRun(ctx.result) : null;
}
