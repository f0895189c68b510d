import { codeError } from '../signals.ts';

/** A part of a java.time.format.DateTimeFormatter pattern: text as it stands, or a letter and how often. */
export type FormatPart = { readonly text: string } | { readonly letter: string; readonly count: number };

const cache = new Map<string, readonly FormatPart[]>();
const cacheSize = 200;

/** https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html#patterns */
export function parseFormat(format: string): readonly FormatPart[] {
  const known = cache.get(format);
  if (known) return known;
  const parts = readParts(format);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(format, parts);
  return parts;
}

function readParts(format: string): FormatPart[] {
  const parts: FormatPart[] = [];
  let rest = format;
  while (rest !== '') {
    const quoted = /^'((?:[^']|'')*)'/.exec(rest);
    const letters = /^([a-zA-Z])\1*/.exec(rest);
    if (quoted) {
      parts.push({ text: quoted[1] === '' ? "'" : (quoted[1] ?? '').split("''").join("'") });
      rest = rest.slice(quoted[0].length);
    } else if (letters) {
      parts.push({ letter: rest.charAt(0), count: letters[0].length });
      rest = rest.slice(letters[0].length);
    } else {
      const character = rest.charAt(0);
      if (/['{}#[\]]/.test(character)) throw codeError(`The date format ${format} has an unsupported ${character}`);
      parts.push({ text: character });
      rest = rest.slice(1);
    }
  }
  return parts;
}
