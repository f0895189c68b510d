import { dayCount, subscriptionCount, writeCount } from '../../../schema/gate.ts';
import { consumption, type Consumption, unitPrices } from './prices.ts';

/** Root fields that a tenant's gate admitted; `operations` is the sum of the three others. */
export interface Counts {
  readonly operations: number;
  readonly reads: number;
  readonly writes: number;
  readonly subscriptions: number;
}

export interface CountedDay extends Counts {
  /** `2026-11-23`, of UTC. */
  readonly day: string;
}

/** A gate item as it is read: its counters have names of their own for every day. */
export type GateAttributes = Readonly<Record<string, unknown>>;

const dayPrefix = dayCount('');

/** The days that a gate has counted and that nobody has removed yet, oldest first. */
export function countedDays(gate: GateAttributes): CountedDay[] {
  const days = Object.keys(gate).flatMap((name) => (name.startsWith(dayPrefix) ? [name.slice(dayPrefix.length)] : []));
  return days.sort().map((day) => {
    const operations = countOf(gate, dayCount(day));
    const writes = countOf(gate, writeCount(day));
    const subscriptions = countOf(gate, subscriptionCount(day));
    return { day, operations, reads: operations - writes - subscriptions, writes, subscriptions };
  });
}

function countOf(gate: GateAttributes, name: string): number {
  return Number(gate[name] ?? 0);
}

export const noCounts: Counts = { operations: 0, reads: 0, writes: 0, subscriptions: 0 };

/** Counts, and what they cost. */
export interface Usage extends Counts {
  /** Millionths of a US dollar. */
  readonly cost: number;
}

export const noUsage: Usage = { ...noCounts, cost: 0 };

export function sumOf(usages: readonly Usage[]): Usage {
  return usages.reduce(
    (sum, usage) => ({
      operations: sum.operations + usage.operations,
      reads: sum.reads + usage.reads,
      writes: sum.writes + usage.writes,
      subscriptions: sum.subscriptions + usage.subscriptions,
      cost: sum.cost + usage.cost,
    }),
    noUsage,
  );
}

/** What operations cost, in whole millionths of a US dollar. */
export function costOf({ reads, writes, subscriptions }: Counts): number {
  return Math.round(
    reads * priceOf(consumption.reads) +
      writes * priceOf(consumption.writes) +
      subscriptions * priceOf(consumption.subscriptions),
  );
}

function priceOf(consumed: Consumption): number {
  const units = Object.entries(consumed) as [keyof Consumption, number][];
  return units.reduce((sum, [unit, quantity]) => sum + quantity * unitPrices[unit], 0);
}
