const day = 86_400_000;

/** The last `count` days of UTC up to `now`, the oldest first: `['2026-11-24', '2026-11-25']`. */
export function lastDays(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(now.getTime() - (count - 1 - index) * day).toISOString().slice(0, 10),
  );
}
