import { includes } from '../primordials.ts';
import { parseClass } from './parse-class.ts';
import type { Alternatives, ParsedPattern, PatternNode } from './nodes.ts';
import { createReader, type PatternReader } from './reader.ts';

const beyond = '(?![\\s\\S])';

/** Escapes outside of a class that assert a place or stand for more than one character. */
const assertions: Readonly<Record<string, string>> = {
  b: '\\b',
  B: '\\B',
  A: '(?<![\\s\\S])',
  z: beyond,
  Z: `(?=(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])?${beyond})`,
  R: '(?:\\r\\n|[\\n\\u000b\\f\\r\\u0085\\u2028\\u2029])',
};

const plainGroups = ['?:', '?=', '?!', '?<=', '?<!'];

/**
 * Reads a Java regular expression; refuses by name what JavaScript cannot do.
 * https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
 */
export function parsePattern(pattern: string): ParsedPattern {
  const reader = createReader(pattern);
  const flags = reader.match(/\(\?([a-zA-Z]+)\)/)?.[1] ?? '';
  for (const flag of flags)
    if (!includes(['i', 'm', 's', 'u'], flag)) throw reader.error(`The flag (?${flag}) is not supported`);
  const groups = { count: 0 };
  const body = parseAlternatives(reader, groups);
  if (!reader.done()) throw reader.error('Unmatched closing parenthesis');
  return { body, flags };
}

function parseAlternatives(reader: PatternReader, groups: { count: number }): Alternatives {
  const alternatives: PatternNode[][] = [[]];
  while (!reader.done() && !reader.at(')')) {
    if (reader.take('|')) alternatives.push([]);
    else alternatives[alternatives.length - 1]?.push(...parseTerm(reader, groups));
  }
  return alternatives;
}

function parseTerm(reader: PatternReader, groups: { count: number }): PatternNode[] {
  if (reader.take('\\Q')) {
    const characters = [...reader.quoted()].map((character): PatternNode => ({ kind: 'literal', character }));
    const last = characters.pop();
    return last ? [...characters, quantify(reader, last)] : [];
  }
  return [quantify(reader, parseAtom(reader, groups))];
}

function quantify(reader: PatternReader, body: PatternNode): PatternNode {
  const found = reader.match(/([*+?]|\{\d+(?:,\d*)?\})([+?]?)/);
  if (!found) return body;
  const [, amount = '', mode = ''] = found;
  const quantified: PatternNode = {
    kind: 'quantified',
    body,
    quantifier: mode === '?' ? `${amount}?` : amount,
    possessive: mode === '+',
  };
  if (reader.match(/[*+?]/)) throw reader.error('Dangling meta character');
  return quantified;
}

function parseAtom(reader: PatternReader, groups: { count: number }): PatternNode {
  if (reader.take('(')) return parseGroup(reader, groups);
  if (reader.take('[')) return { kind: 'raw', source: parseClass(reader) };
  if (reader.take('.')) return { kind: 'dot' };
  if (reader.take('^')) return { kind: 'start' };
  if (reader.take('$')) return { kind: 'end' };
  if (reader.at('*') || reader.at('+') || reader.at('?') || reader.at('{'))
    throw reader.error('Dangling meta character');
  if (!reader.take('\\')) return { kind: 'literal', character: reader.next() };
  return parseEscape(reader);
}

function parseEscape(reader: PatternReader): PatternNode {
  const number = reader.match(/[1-9]\d*/);
  if (number) return { kind: 'back-reference', group: Number(number[0]) };
  const name = reader.match(/k<([a-zA-Z][a-zA-Z0-9]*)>/);
  if (name) return { kind: 'back-reference', group: name[1] ?? '' };
  const assertion = reader.match(/[bBAzZR]/);
  if (assertion) return { kind: 'raw', source: assertions[assertion[0]] ?? '' };
  const escape = reader.escape();
  if (escape.kind === 'class') return { kind: 'raw', source: escape.source };
  return { kind: 'literal', character: escape.character };
}

function parseGroup(reader: PatternReader, groups: { count: number }): PatternNode {
  const close = (node: PatternNode): PatternNode => {
    if (!reader.take(')')) throw reader.error('Unclosed group');
    return node;
  };
  const plain = plainGroups.find((opening) => reader.take(opening));
  if (plain) return close({ kind: 'group', opening: `(${plain}`, body: parseAlternatives(reader, groups) });
  if (reader.take('?>')) {
    const body: PatternNode = { kind: 'group', opening: '(?:', body: parseAlternatives(reader, groups) };
    return close({ kind: 'quantified', body, quantifier: '', possessive: true });
  }
  const name = reader.match(/\?<([a-zA-Z][a-zA-Z0-9]*)>/);
  if (!name && reader.at('?')) throw reader.error('Flags inside of a pattern are not supported');
  groups.count += 1;
  const capture = groups.count;
  const opening = name ? `(?<${name[1]}>` : '(';
  return close({ kind: 'group', opening, capture, body: parseAlternatives(reader, groups) });
}
