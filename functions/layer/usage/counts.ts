import { dayCount, refusalCount, subscriptionCount, writeCount } from '../../../schema/gate.ts';
import { consumption, type Consumption, unitPrices } from './prices.ts';

/** Root fields that a tenant's gate admitted, `operations` is the sum of reads, writes and subscriptions; and those that it refused. */
export interface Counts {
  readonly operations: number;
  readonly reads: number;
  readonly writes: number;
  readonly subscriptions: number;
  /** By rate or quota. */
  readonly refused: number;
}

export interface CountedDay extends Counts {
  /** `2026-11-23`, of UTC. */
  readonly day: string;
}

/** As Usage holds it: what was metered by a release that did not count refusals lacks them. */
export type Metered<Part extends { readonly refused: number }> = Omit<Part, 'refused'> & Partial<Pick<Part, 'refused'>>;

/** A gate item as it is read: its counters have names of their own for every day. */
export type GateAttributes = Readonly<Record<string, unknown>>;

const prefixes = [dayCount(''), refusalCount('')];

/** The days that a gate has counted and that nobody has removed yet, oldest first. On a day all may have been refused. */
export function countedDays(gate: GateAttributes): CountedDay[] {
  const days = Object.keys(gate).flatMap((name) =>
    prefixes.flatMap((prefix) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
  return [...new Set(days)].sort().map((day) => {
    const operations = countOf(gate, dayCount(day));
    const writes = countOf(gate, writeCount(day));
    const subscriptions = countOf(gate, subscriptionCount(day));
    const refused = countOf(gate, refusalCount(day));
    return { day, operations, reads: operations - writes - subscriptions, writes, subscriptions, refused };
  });
}

function countOf(gate: GateAttributes, name: string): number {
  return Number(gate[name] ?? 0);
}

/**
 * Whether a day was read later from its gate: neither of its counts ever falls, and both were read at once, so what is more in one of
 * them is not less in the other.
 */
export function isNewer(one: Counts, other: Metered<Pick<Counts, 'operations' | 'refused'>>): boolean {
  return one.operations > other.operations || one.refused > (other.refused ?? 0);
}

export const noCounts: Counts = { operations: 0, reads: 0, writes: 0, subscriptions: 0, refused: 0 };

/** Counts, and what they cost. */
export interface Usage extends Counts {
  /** Millionths of a US dollar. */
  readonly cost: number;
}

export const noUsage: Usage = { ...noCounts, cost: 0 };

export function sumOf(usages: readonly Metered<Usage>[]): Usage {
  return usages.reduce<Usage>(
    (sum, usage) => ({
      operations: sum.operations + usage.operations,
      reads: sum.reads + usage.reads,
      writes: sum.writes + usage.writes,
      subscriptions: sum.subscriptions + usage.subscriptions,
      refused: sum.refused + (usage.refused ?? 0),
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
