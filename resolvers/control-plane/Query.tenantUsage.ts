/** Checks the range and asks the function, which puts together what is metered and what the gate has counted since. */
import { type Context, type LambdaRequest, runtime, util } from '@aws-appsync/utils';
import type { QueryTenantUsageArgs, TenantUsageReport } from '../../generated/control-plane.ts';
import { badRequest } from '../lib/badRequest.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { operator } from '../lib/registry/operator.ts';

const mostDays = 366;
const dayLength = 24 * 60 * 60 * 1000;

export function request(ctx: Context<QueryTenantUsageArgs>): LambdaRequest {
  const { tenantId } = ctx.args;
  const identity = operator(ctx);
  const from = dayOf('from', ctx.args.from);
  const to = dayOf('to', ctx.args.to);
  const days = (startOf(to) - startOf(from)) / dayLength + 1;
  if (days < 1) badRequest(`to: ${to} is before from, ${from}`);
  if (days > mostDays) badRequest(`from ${from} to ${to} are ${days} days, expected at most ${mostDays}`);
  if (!isIdentifier(tenantId)) runtime.earlyReturn(null);
  return { operation: 'Invoke', payload: { field: ctx.info.fieldName, arguments: { tenantId, from, to }, identity } };
}

export function response(
  ctx: Context<QueryTenantUsageArgs, object, undefined, undefined, TenantUsageReport | null>,
): TenantUsageReport | null {
  failOnError(ctx);
  return ctx.result;
}

/** An AWSDate may name a time zone; usage is counted by UTC's days. */
function dayOf(argument: string, date: string): string {
  if (!util.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}Z?$', date)) {
    badRequest(`${argument}: ${date}, expected a day of UTC such as 2026-11-23`);
  }
  return date.slice(0, 10);
}

function startOf(day: string): number {
  return util.time.parseISO8601ToEpochMilliSeconds(`${day}T00:00:00.000Z`);
}
