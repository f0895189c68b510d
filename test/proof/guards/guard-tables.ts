import { type Area, type Guard, isTestGuard } from './guard.ts';

const columns = ['guard', 'where it is', 'what notices when it is taken out'] as const;
const begin = (title: string): string => `<!-- guards: ${title} -->`;
const end = '<!-- end of guards -->';

/** A page without the place for an area's table, or with half of it. */
export class TablePlaceError extends Error {
  override readonly name = 'TablePlaceError';
  constructor(readonly title: string) {
    super(`The page has no place for the guards "${title}": expected ${begin(title)} and, after it, ${end}`);
  }
}

/** The page with the table of each area in its place, as Prettier would write it. */
export function withGuardTables(page: string, areas: readonly Area[]): string {
  return areas.reduce((text, { title, guards }) => {
    const from = text.indexOf(begin(title));
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new TablePlaceError(title);
    return `${text.slice(0, from)}${begin(title)}\n\n${tableOf(guards)}\n\n${text.slice(to)}`;
  }, page);
}

function tableOf(guards: readonly Guard[]): string {
  const rows = [columns, ...guards.map((guard) => [guard.name, `\`${guard.file}\``, noticedBy(guard)])];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], filler = ' '): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, filler)).join(' | ')} |`;
  const [head = columns, ...body] = rows;
  return [line(head), line([], '-'), ...body.map((row) => line(row))].join('\n');
}

function noticedBy(guard: Guard): string {
  if (isTestGuard(guard)) return `\`${guard.noticedBy.test}\`, “${guard.noticedBy.named}”`;
  const groups = 'groups' in guard.noticedBy ? guard.noticedBy.groups : [];
  return `the proof: ${groups.join(' and ')}`;
}
