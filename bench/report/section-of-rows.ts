import type { Section } from '../part.ts';
import { type Row, table } from './figures.ts';

/** Rows as a section, each goal among them in the report's table of goals too. */
export function sectionOfRows(
  title: string,
  rows: readonly Row[],
  { errors = [], ...rest }: Partial<Pick<Section, 'errors' | 'pictures'>> = {},
): Section {
  const goals = rows.flatMap(({ name, goal }) => (goal ? [{ ...goal, name: `${title}: ${name}` }] : []));
  const pictures = Object.keys(rest.pictures ?? {}).map((file) => `![${title}](${file})`);
  return { title, text: [...pictures, table(rows)].join('\n\n'), goals, errors, ...rest };
}
