import { type Context, util } from '@aws-appsync/utils';
import type { Tenant } from '../../generated/application.ts';
import { getItem } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { dates, type Usage } from '../lib/gate/admission.ts';
import { nextDay, nextMonth } from '../lib/gate/calendar.ts';
import { tenantKey } from '../lib/tenantKey.ts';

/** An item of Tenants, as far as its own people see it. */
interface StoredTenant extends Pick<Tenant, 'name' | 'slug' | 'tier' | 'status' | 'currency' | 'limits'> {
  readonly tenantId: string;
}

/** The gate, which ran before, counted this request too. */
type TenantContext = Context<unknown, { gateTime: number; usage: Usage }, undefined, undefined, StoredTenant | null>;

export function request(ctx: TenantContext) {
  return getItem(tenantKey(ctx));
}

export function response(ctx: TenantContext): Tenant {
  failOnError(ctx);
  if (!ctx.result) return util.unauthorized();
  const { tenantId, name, slug, tier, status, currency, limits } = ctx.result;
  const { day, month } = dates(ctx);
  const usage = { ...ctx.stash.usage, dayResetsAt: nextDay(day), monthResetsAt: nextMonth(month) };
  return { id: tenantId, name, slug, tier, status, currency, limits, usage };
}
