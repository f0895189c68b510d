import type {
  StackFieldsFragment,
  TenantFieldsFragment,
  UsageSummaryQuery,
} from '../../../../generated/documents/admin/graphql.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import type { WholeList } from '../../../ui/react/read-whole-list.ts';

export interface Count {
  readonly name: string;
  readonly count: number;
}

/** How many have each value, the most frequent first. */
export function countBy<Item>(items: readonly Item[], valueOf: (item: Item) => string): Count[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(valueOf(item), (counts.get(valueOf(item)) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name));
}

/** Tenants whom a person should look at: a failed onboarding, or one that goes on. */
export function needingAttention(tenants: readonly TenantFieldsFragment[]): TenantFieldsFragment[] {
  return tenants.filter(({ status }) => status === 'FAILED' || status === 'PROVISIONING' || status === 'REQUESTED');
}

type TenantUsage = UsageSummaryQuery['usageSummary']['tenants'][number];
type Limited = Pick<TenantUsage, 'quotaShare' | 'dayQuotaShare' | 'refusedToday'>;

/** From this share of a quota on, someone may want to know. */
const close = 0.8;

/** Tenants that were refused something today, the most first; then those that have used up a quota, or are close to it, the closest first. */
export function throttled<Tenant extends Limited>(tenants: readonly Tenant[]): Tenant[] {
  return tenants
    .filter((tenant) => tenant.refusedToday > 0 || isCloseToQuota(tenant))
    .sort((one, other) => other.refusedToday - one.refusedToday || shareOf(other) - shareOf(one));
}

/** Whether the tenant is close to a quota, or beyond it. */
export const isCloseToQuota = (tenant: Limited): boolean => shareOf(tenant) >= close;

const shareOf = ({ quotaShare, dayQuotaShare }: Limited): number => Math.max(quotaShare, dayQuotaShare);

interface NamedTenants {
  readonly tenants: readonly Pick<TenantUsage, 'refusedToday'>[];
  /** Of whom those are the ones with the most requests. */
  readonly tenantCount: number;
}

/** Of all tenants that are named; `12+` where there are more, of which today's refusals are not told. */
export function refusedToday({ tenants, tenantCount }: NamedTenants, locale?: string): string {
  const sum = tenants.reduce((total, tenant) => total + tenant.refusedToday, 0);
  return `${formatNumber(sum, locale)}${tenantCount > tenants.length ? '+' : ''}`;
}

/** Of whom figures over tenants are, where those that were read are not all. */
export function firstOf(tenants: WholeList<unknown> | undefined, locale?: string): string | undefined {
  if (!tenants || tenants.complete) return undefined;
  return `Of the first ${formatNumber(tenants.items.length, locale)} tenants by workspace name`;
}

/** Of whom figures over a month's use are, where those that are named are not all. */
export function busiestOf(summary: NamedTenants | undefined, locale?: string): string | undefined {
  if (!summary || summary.tenantCount <= summary.tenants.length) return undefined;
  const [named, all] = [summary.tenants.length, summary.tenantCount].map((count) => formatNumber(count, locale));
  return `Of the ${named} of ${all} tenants with the most requests this month`;
}

/** Whether all stacks are alike. */
export function skewOf(stacks: readonly StackFieldsFragment[]): string | undefined {
  if (stacks.length === 0) return undefined;
  const { length } = releasesInUse(stacks);
  return length > 1 ? `${length} releases are in use` : 'All run the same release';
}

/** Stacks by release; a stack without one has never been made whole. */
export function releasesInUse(stacks: readonly StackFieldsFragment[]): Count[] {
  return countBy(stacks, ({ release }) => release ?? 'None yet');
}

export interface OnboardingTimes {
  readonly deployment: TenantFieldsFragment['deployment'];
  readonly count: number;
  /** Milliseconds from the sign-up to the active tenant: half of all took at most so long, and 95 of 100. */
  readonly p50: number;
  readonly p95: number;
}

/** How long sign-ups took, in the pool and with a stack of one's own, which is made first. */
export function onboardingTimes(
  tenants: readonly Pick<TenantFieldsFragment, 'deployment' | 'createdAt' | 'onboardedAt'>[],
): OnboardingTimes[] {
  return (['POOLED', 'SILO'] as const).flatMap((deployment) => {
    const times = tenants
      .flatMap(({ deployment: own, createdAt, onboardedAt }) =>
        own === deployment && onboardedAt ? [Date.parse(onboardedAt) - Date.parse(createdAt)] : [],
      )
      .sort((one, other) => one - other);
    const p50 = percentile(times, 0.5);
    const p95 = percentile(times, 0.95);
    return p50 === undefined || p95 === undefined ? [] : [{ deployment, count: times.length, p50, p95 }];
  });
}

/** By nearest rank: one of the values. Undefined of none. */
function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.ceil(share * sorted.length) - 1];
}

/** `2026-11`, of UTC, as the meter counts. */
export function monthOf(now: Date): string {
  return now.toISOString().slice(0, 7);
}

/** `12.5%` */
export function formatShare(share: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** @param microDollars - millionths of a US dollar; cents are too coarse for what a small tenant costs */
export function formatCost(microDollars: number, locale?: string): string {
  const dollars = microDollars / 1_000_000;
  const digits = dollars !== 0 && Math.abs(dollars) < 1 ? 6 : 2;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(dollars);
}
