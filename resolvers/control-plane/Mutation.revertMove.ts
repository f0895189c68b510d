/** Reads what the tenant's move has come to. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationRevertMoveArgs } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { isTenant, type StoredTenant } from '../lib/registry/tenant.ts';
import { noSuchTenant, type Refusal, refuseTenant } from '../lib/registry/tenantPayload.ts';

export function request(ctx: Context<MutationRevertMoveArgs>) {
  const { tenantId } = ctx.args.input;
  if (!isIdentifier(tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return get({ key: { tenantId }, consistentRead: true });
}

export function response(
  ctx: Context<MutationRevertMoveArgs, object, undefined, undefined, StoredTenant | null>,
): Refusal {
  failOnError(ctx);
  const tenant = ctx.result;
  if (!isTenant(tenant)) return { refusal: noSuchTenant };
  const status = tenant.move?.status;
  if (status === 'RUNNING' || status === 'WAITING_FOR_CONFIRMATION') return {};
  const message = `The tenant's move is ${
    status ?? 'not there'
  }, expected one that is RUNNING or WAITING_FOR_CONFIRMATION.`;
  return { refusal: refuseTenant('INVALID_STATE', 'tenantId', message) };
}
