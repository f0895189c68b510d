import { isDeepStrictEqual } from 'node:util';
import type { Units } from './capacity.ts';
import type { Invocations } from './lambda-meter.ts';
import type { Meter } from './meters.ts';

/** All meters at one moment. */
export interface Reading {
  /** By the name of the table. */
  readonly units: ReadonlyMap<string, Units>;
  /** By the folder of the function. */
  readonly invocations: ReadonlyMap<string, Invocations>;
  readonly published: number;
}

/** What happens to these tables is no tenant's: the local cloud's own state is in one. */
const ignored = /^local-cloud-state$/;
const gates = /-Gates/;

/** Whether nothing that has a price happened between two readings. */
export function sameReading(before: Reading, after: Reading): boolean {
  return isDeepStrictEqual(difference(before, after), nothing);
}

const none: Units = { reads: 0, writes: 0 };
const nothing: Meter = { gate: none, data: none, published: 0, functions: {} };

export function difference(before: Reading, after: Reading): Meter {
  let [gate, data] = [none, none];
  for (const [table, { reads, writes }] of after.units) {
    const earlier = before.units.get(table) ?? none;
    const more = { reads: reads - earlier.reads, writes: writes - earlier.writes };
    if (gates.test(table)) gate = sum(gate, more);
    else if (!ignored.test(table)) data = sum(data, more);
  }
  const functions: Record<string, Invocations> = {};
  for (const [folder, { count, milliseconds }] of after.invocations) {
    const earlier = before.invocations.get(folder) ?? { count: 0, milliseconds: 0 };
    if (count === earlier.count) continue;
    functions[folder] = {
      count: count - earlier.count,
      milliseconds: Math.round((milliseconds - earlier.milliseconds) * 10) / 10,
    };
  }
  return { gate, data, published: after.published - before.published, functions };
}

function sum(left: Units, right: Units): Units {
  return { reads: left.reads + right.reads, writes: left.writes + right.writes };
}

/**
 * Of several measurements of one operation the counts that came most often, and of each function the shortest time: the others may
 * hold a start of the function, or what else the machine did.
 */
export function agreed(samples: readonly Meter[]): Meter {
  const counts = samples.map((sample) => JSON.stringify(countsOf(sample)));
  const often = (text: string): number => counts.filter((other) => other === text).length;
  const [best] = [...counts.keys()].sort((left, right) => often(counts[right] ?? '') - often(counts[left] ?? ''));
  const chosen = samples[best ?? 0];
  if (!chosen) throw new Error('There is no measurement without something else in it; expected at least one');
  const alike = samples.filter((_, index) => counts[index] === counts[best ?? 0]);
  const functions = Object.keys(chosen.functions).map((folder) => {
    const times = alike.flatMap((sample) => sample.functions[folder] ?? []);
    return [folder, times.reduce((least, next) => (next.milliseconds < least.milliseconds ? next : least))] as const;
  });
  return { ...chosen, functions: Object.fromEntries(functions) };
}

function countsOf({ functions, ...counted }: Meter): object {
  const names = Object.keys(functions).sort();
  return { ...counted, functions: names.map((name) => [name, functions[name]?.count]) };
}
