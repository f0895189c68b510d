import type { StackFieldsFragment, TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';

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

/** Stacks by release; a stack without one has never been made whole. */
export function releasesInUse(stacks: readonly StackFieldsFragment[]): Count[] {
  return countBy(stacks, ({ release }) => release ?? 'None yet');
}

/** `2026-11`, of UTC, as the meter counts. */
export function monthOf(now: Date): string {
  return now.toISOString().slice(0, 7);
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
