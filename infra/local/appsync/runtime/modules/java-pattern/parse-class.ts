import { literal } from './character-classes.ts';
import type { PatternReader } from './reader.ts';

/**
 * `[a-z&&[^bc]]` and the like, from behind the opening bracket to behind the closing one. JavaScript's `v` flag has
 * nested classes and intersections, but wants the operands of `&&` in brackets.
 */
export function parseClass(reader: PatternReader): string {
  const negation = reader.take('^') ? '^' : '';
  const operands: string[] = [];
  let union = '';
  let first = true;
  while (first || !reader.at(']')) {
    if (reader.done()) throw reader.error('Unclosed character class');
    if (reader.take('&&')) {
      operands.push(`[${union}]`);
      union = '';
    } else if (reader.take('[')) {
      union += parseClass(reader);
    } else {
      union += parseItem(reader);
    }
    first = false;
  }
  reader.take(']');
  if (operands.length === 0) return `[${negation}${union}]`;
  const intersection = [...operands, ...(union === '' ? [] : [`[${union}]`])].join('&&');
  return `[${negation}${intersection}]`;
}

function parseItem(reader: PatternReader): string {
  const start = readMember(reader);
  if (start.kind === 'class' || !reader.at('-') || reader.at('-]') || reader.at('-[')) return start.source;
  reader.take('-');
  const end = readMember(reader);
  if (end.kind === 'class') return `${start.source}${literal('-')}${end.source}`;
  return `${start.source}-${end.source}`;
}

function readMember(reader: PatternReader): { kind: 'class' | 'character'; source: string } {
  if (reader.take('\\Q')) {
    const quoted = reader.quoted();
    return { kind: 'class', source: [...quoted].map(literal).join('') };
  }
  if (!reader.take('\\')) return { kind: 'character', source: literal(reader.next()) };
  const escape = reader.escape();
  return escape.kind === 'class' ? escape : { kind: 'character', source: literal(escape.character) };
}
