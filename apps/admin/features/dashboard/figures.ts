import type {
  StackFieldsFragment,
  TenantFieldsFragment,
  UsageSummaryQuery,
} from '../../../../generated/documents/admin/graphql.ts';

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

type Shares = Pick<UsageSummaryQuery['usageSummary']['tenants'][number], 'quotaShare' | 'dayQuotaShare'>;

/** From this share of a quota on, someone may want to know. */
const close = 0.8;

/** Tenants that have used up a quota, or are close to it; the closest first. */
export function closeToQuota<Tenant extends Shares>(tenants: readonly Tenant[]): Tenant[] {
  return tenants.filter((tenant) => highest(tenant) >= close).sort((one, other) => highest(other) - highest(one));
}

const highest = ({ quotaShare, dayQuotaShare }: Shares): number => Math.max(quotaShare, dayQuotaShare);

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
