import { barChart } from '../charts/bar-chart.ts';
import { figuresOf } from './figures.ts';
import type { Measured } from './measure.ts';
import { operations, type OperationName } from './operations.ts';

export const pictureFile = (operation: OperationName): string => `requests-${operation}.svg`;

/** One picture an operation: requests a second by connections and server. */
export function requestsPictures(measured: readonly Measured[]): Record<string, string> {
  return Object.fromEntries(
    operations.map(({ name, title }) => {
      const all = measured.filter(({ operation }) => operation === name);
      const counts = [...new Set(all.map(({ connections }) => connections))];
      const groups = counts.map((count) => ({
        label: count === 1 ? '1 connection' : `${count} connections`,
        bars: all
          .filter(({ connections }) => connections === count)
          .map(({ target, rounds }) => ({ label: target, value: figuresOf(rounds).rate })),
      }));
      return [
        pictureFile(name),
        barChart({ title: `${title.replaceAll('`', '')}, requests a second`, unit: '/s', groups }),
      ];
    }),
  );
}
