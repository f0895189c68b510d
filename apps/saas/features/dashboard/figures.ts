import type { OrderFieldsFragment } from '../../../../generated/documents/saas/graphql.ts';

export interface Day {
  /** Its start, in the reader's time zone. */
  readonly date: Date;
  readonly orders: number;
  /** Minor units; cancelled orders earn nothing. */
  readonly revenue: number;
}

/** Midnight of the first of the last `count` days, as the API takes it. */
export function startOfDays(count: number, now: Date): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1)).toISOString();
}

/** The last `count` days up to `now`, days without orders included. */
export function revenueByDay(orders: readonly OrderFieldsFragment[], count: number, now: Date): Day[] {
  const days = Array.from({ length: count }, (_, index) => {
    const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1 - index));
    return { date, orders: 0, revenue: 0 };
  });
  const byDay = new Map(days.map((day) => [day.date.toDateString(), day]));
  for (const { createdAt, status, total } of orders) {
    const day = byDay.get(new Date(createdAt).toDateString());
    if (!day || status === 'CANCELLED') continue;
    day.orders += 1;
    day.revenue += total;
  }
  return days;
}
