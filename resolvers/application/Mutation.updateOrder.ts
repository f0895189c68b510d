import { type Context, runtime, util } from '@aws-appsync/utils';
import type { MutationUpdateOrderArgs } from '../../generated/application.ts';
import {
  noSuchOrder,
  type OrderPayload,
  refuseOrder,
  statusBefore,
  type StoredOrder,
  toOrder,
} from '../lib/commerce/order.ts';
import { type Expression, updateItem } from '../lib/dynamodb.ts';
import { failOnError, isConditionFailure } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { orderKey } from '../lib/tenantKey.ts';

export function request(ctx: Context<MutationUpdateOrderArgs>) {
  const { id, status } = ctx.args.input;
  if (!isIdentifier(id)) runtime.earlyReturn(noSuchOrder);
  const update: Expression = {
    expression: 'SET #status = :status, version = version + :one, updatedAt = :now',
    names: { status: 'status' },
    values: { status, one: 1, now: util.time.nowISO8601() },
  };
  return updateItem(orderKey(ctx, id), update, condition(ctx));
}

function condition(ctx: Context<MutationUpdateOrderArgs>): Expression {
  const { status, expectedVersion } = ctx.args.input;
  // A status that no update leads to has none before it: the condition then fails and tells what the order is.
  const follows = '#status = :before';
  const names = { status: 'status' };
  const values = { before: statusBefore[status] ?? 'NONE' };
  return typeof expectedVersion === 'number'
    ? { expression: `${follows} AND version = :expected`, names, values: { ...values, expected: expectedVersion } }
    : { expression: follows, names, values };
}

export function response(
  ctx: Context<MutationUpdateOrderArgs, object, undefined, undefined, StoredOrder | null>,
): OrderPayload {
  if (isConditionFailure(ctx)) return ctx.result ? refusal(ctx, ctx.result) : noSuchOrder;
  failOnError(ctx);
  return ctx.result ? { order: toOrder(ctx.result), userErrors: [] } : noSuchOrder;
}

function refusal(ctx: Context<MutationUpdateOrderArgs>, order: StoredOrder): OrderPayload {
  const { status, expectedVersion } = ctx.args.input;
  if (typeof expectedVersion === 'number' && expectedVersion !== order.version) {
    const message = `The order was changed since; it is at version ${order.version} now.`;
    return { ...refuseOrder('VERSION_CONFLICT', 'expectedVersion', message), order: toOrder(order) };
  }
  const before = statusBefore[status];
  const rule = before ? `only an order that is ${before} becomes ${status}` : `no update makes an order ${status}`;
  return refuseOrder('INVALID_STATE', 'status', `The order is ${order.status}; ${rule}.`);
}
