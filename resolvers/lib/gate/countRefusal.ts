/**
 * The gate's last step: lets pass what was admitted; counts what was refused by rate or quota, and ends the field with that refusal,
 * whether or not it could be counted. What is neither, it refuses.
 */
import { runtime, util } from '@aws-appsync/utils';
import { refusalCount } from '../../../schema/gate.ts';
import { updateItem } from '../dynamodb.ts';
import { gateKey } from '../tenantKey.ts';
import { dates, type GateContext } from './admission.ts';

export function request(ctx: GateContext) {
  if (ctx.stash.usage) runtime.earlyReturn({});
  if (!ctx.stash.refusal) util.error('The gate did not answer.', 'GateUnavailable');
  return updateItem(
    gateKey(ctx),
    { expression: 'ADD #refused :one', names: { refused: refusalCount(dates(ctx).day) }, values: { one: 1 } },
    // A gate that was removed in the meantime must not come back as a count.
    { expression: 'attribute_exists(tenantId)' },
  );
}

export function response(ctx: GateContext): never {
  const refusal = ctx.stash.refusal;
  if (!refusal) return util.error('The gate did not answer.', 'GateUnavailable');
  return util.error(refusal.message, refusal.type, null, refusal.info);
}
