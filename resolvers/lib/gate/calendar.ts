import { util } from '@aws-appsync/utils';

const dayLength = 24 * 60 * 60 * 1000;

/** `2026-11-30` → `2026-12-01T00:00:00.000Z` */
export function nextDay(day: string): string {
  const midnight = util.time.parseISO8601ToEpochMilliSeconds(`${day}T00:00:00.000Z`);
  return util.time.epochMilliSecondsToISO8601(midnight + dayLength);
}

/** `2026-12` → `2027-01-01T00:00:00.000Z` */
export function nextMonth(month: string): string {
  const year = +month.slice(0, 4);
  const next = +month.slice(5, 7) + 1;
  if (next > 12) return `${year + 1}-01-01T00:00:00.000Z`;
  return `${year}-${next < 10 ? '0' : ''}${next}-01T00:00:00.000Z`;
}
