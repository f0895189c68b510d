/** What a figure is to reach, and whether it does. */
export interface Wanted {
  readonly wanted: string;
  readonly reached: string;
  readonly met: boolean;
}

export interface Row {
  readonly name: string;
  readonly figure: string;
  readonly goal?: Wanted | undefined;
}

/** The value below which that share of a sample lies. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (sample: readonly number[]): number => quantile(sample, 0.5);

/** A goal that a larger value misses, and so does what is no number. @param unit - ` ms`, ` times`, as it stands behind a value */
export function atMost(limit: number, value: number, unit: string, digits = 2): Wanted {
  return { wanted: `≤ ${limit}${unit}`, reached: `${value.toFixed(digits)}${unit}`, met: value <= limit };
}

/** A Markdown table. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ name, figure, goal }) => {
    const wanted = goal ? `${goal.wanted}${goal.met ? '' : ', **not met**'}` : '';
    return `| ${name} | ${figure} | ${wanted} |`;
  });
  return ['| what | measured | goal |', '| --- | --- | --- |', ...lines, ''].join('\n');
}
