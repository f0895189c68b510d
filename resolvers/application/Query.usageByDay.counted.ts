/** Adds what the gate has counted since: of a day that is in both, what is more is what is newer. */
import { type Context, util } from '@aws-appsync/utils';
import type { QueryUsageByDayArgs, UsageDay } from '../../generated/application.ts';
import { dayCount, refusalCount, subscriptionCount, writeCount } from '../../schema/gate.ts';
import { getItem } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { tenantKey } from '../lib/tenantKey.ts';
import type { MeteredDay } from './Query.usageByDay.ts';

type UsageContext = Context<
  QueryUsageByDayArgs,
  { readonly from: string; readonly metered: readonly MeteredDay[] },
  undefined,
  undefined,
  Readonly<Record<string, number | undefined>> | null
>;

export function request(ctx: UsageContext) {
  return getItem(tenantKey(ctx));
}

export function response(ctx: UsageContext): UsageDay[] {
  failOnError(ctx);
  const gate = ctx.result;
  if (!gate) return util.unauthorized();
  const { from, metered } = ctx.stash;
  const byDay: Record<string, UsageDay> = {};
  for (const item of metered) {
    const { day, operations, reads, writes, subscriptions } = item;
    byDay[day] = { day, operations, reads, writes, subscriptions, refused: item.refused ?? 0 };
  }
  for (const name of Object.keys(gate)) {
    const day = name.slice(name.indexOf('#') + 1);
    if (name === dayCount(day) || name === refusalCount(day)) {
      const operations = gate[dayCount(day)] ?? 0;
      const refused = gate[refusalCount(day)] ?? 0;
      const known = byDay[day];
      if (!known || operations > known.operations || refused > known.refused) {
        const writes = gate[writeCount(day)] ?? 0;
        const subscriptions = gate[subscriptionCount(day)] ?? 0;
        byDay[day] = { day, operations, reads: operations - writes - subscriptions, writes, subscriptions, refused };
      }
    }
  }
  const days = Object.keys(byDay).filter((day) => day >= from);
  return days.sort().flatMap((day) => byDay[day] ?? []);
}
