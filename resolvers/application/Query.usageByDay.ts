/** The days that are metered: what the tenant used up to some minutes ago. */
import { type Context, util } from '@aws-appsync/utils';
import type { QueryUsageByDayArgs, UsageDay } from '../../generated/application.ts';
import { badRequest } from '../lib/badRequest.ts';
import { queryPartition } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { usagePartition } from '../lib/tenantKey.ts';

const mostDays = 90;
const dayLength = 24 * 60 * 60 * 1000;

/** What was metered by a release that did not count refusals lacks them. */
export type MeteredDay = Omit<UsageDay, 'refused'> & Partial<Pick<UsageDay, 'refused'>>;

type UsageContext = Context<
  QueryUsageByDayArgs,
  { from: string; metered: readonly MeteredDay[] },
  undefined,
  undefined,
  { readonly items: readonly MeteredDay[] }
>;

export function request(ctx: UsageContext) {
  const days = ctx.args.days ?? 30;
  if (days < 1 || days > mostDays) badRequest(`days: ${days}, expected 1 to ${mostDays}`);
  const first = util.time.nowEpochMilliSeconds() - (days - 1) * dayLength;
  ctx.stash.from = util.time.epochMilliSecondsToISO8601(first).slice(0, 10);
  // A month's sum is kept behind all days, as month#2026-11.
  return queryPartition({
    partition: usagePartition(ctx),
    sort: 'day',
    order: 'descending',
    after: 'month#',
    limit: days,
  });
}

export function response(ctx: UsageContext) {
  failOnError(ctx);
  ctx.stash.metered = ctx.result.items;
  return {};
}
