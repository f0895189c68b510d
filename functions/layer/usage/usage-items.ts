/** The items of the Usage table: for each tenant one a day, and one a month with the sum of its days. */
import type { Metered, Usage } from './counts.ts';

export interface UsageDayItem extends Metered<Usage> {
  readonly tenantId: string;
  /** The sort key: `2026-11-23` */
  readonly day: string;
  /** The day of which the prices in `cost` are. */
  readonly pricesAsOf: string;
}

/** Has `month`, and so is in the index of that name, which lists all tenants of a month. */
export interface UsageMonthItem extends Omit<UsageDayItem, 'day'> {
  /** The sort key: `month#2026-11`, behind all days. */
  readonly day: string;
  readonly month: string;
}

export const monthKey = (month: string) => `month#${month}` as const;

/** `2026-11-23` → `2026-11` */
export const monthOf = (day: string): string => day.slice(0, 'yyyy-mm'.length);
