import { type Context, type LambdaRequest, util } from '@aws-appsync/utils';
import type { QueryUsageSummaryArgs, UsageSummary } from '../../generated/control-plane.ts';
import { badRequest } from '../lib/badRequest.ts';
import { failOnError } from '../lib/failOnError.ts';
import { operator } from '../lib/registry/operator.ts';

export function request(ctx: Context<QueryUsageSummaryArgs>): LambdaRequest {
  const { month } = ctx.args;
  const identity = operator(ctx);
  if (!util.matches('^[0-9]{4}-(0[1-9]|1[0-2])$', month)) {
    badRequest(`month: ${month.slice(0, 20)}, expected a month of UTC such as 2026-11`);
  }
  return { operation: 'Invoke', payload: { field: ctx.info.fieldName, arguments: { month }, identity } };
}

export function response(
  ctx: Context<QueryUsageSummaryArgs, object, undefined, undefined, UsageSummary>,
): UsageSummary {
  failOnError(ctx);
  return ctx.result;
}
