import BarChart from '@cloudscape-design/components/bar-chart';
import { formatNumber } from '../formats/number.ts';
import { formatDate } from '../formats/time.ts';
import { EmptyState } from './empty-state.tsx';

export interface UsageOfDay {
  /** `2026-11-23`, of UTC. */
  readonly day: string;
  readonly reads: number;
  readonly writes: number;
  readonly subscriptions: number;
  /** By rate or quota; the others were admitted. */
  readonly refused: number;
}

export interface UsageChartProps {
  /** The days that are shown, oldest first. */
  readonly days: readonly string[];
  /** Days without a request may be left out. */
  readonly usage: readonly UsageOfDay[];
  readonly loading: boolean;
}

const classes = [
  ['reads', 'Reads'],
  ['writes', 'Writes'],
  ['subscriptions', 'Subscriptions'],
  ['refused', 'Refused'],
] as const;
const shortDay = (day: string): string => formatDate(day).replace(/,? \d{4}/, '');

/** Requests by day and class, those that were refused on top. */
export function UsageChart({ days, usage, loading }: UsageChartProps) {
  const byDay = new Map(usage.map((day) => [day.day, day]));
  return (
    <BarChart
      height={240}
      hideFilter
      stackedBars
      ariaLabel="Requests by day"
      statusType={loading ? 'loading' : 'finished'}
      loadingText="Reading"
      series={
        byDay.size === 0
          ? []
          : classes.map(([field, title]) => ({
              type: 'bar' as const,
              title,
              data: days.map((day) => ({ x: day, y: byDay.get(day)?.[field] ?? 0 })),
            }))
      }
      xDomain={days}
      xScaleType="categorical"
      xTickFormatter={shortDay}
      yTickFormatter={(value: number) => formatNumber(value)}
      i18nStrings={{
        chartAriaRoleDescription: 'bar chart',
        legendAriaLabel: 'Kinds of requests',
        xTickFormatter: shortDay,
      }}
      empty={<EmptyState title="No requests yet">Each day’s requests will be here.</EmptyState>}
    />
  );
}
