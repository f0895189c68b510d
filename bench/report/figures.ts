export interface Row {
  readonly name: string;
  readonly figure: string;
  readonly goal?: string | undefined;
}

/** The value below which that share of a sample lies. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A Markdown table. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ name, figure, goal = '' }) => `| ${name} | ${figure} | ${goal} |`);
  return ['| what | measured | goal |', '| --- | --- | --- |', ...lines, ''].join('\n');
}
