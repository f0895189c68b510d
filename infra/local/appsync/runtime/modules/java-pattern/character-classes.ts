import { fromCodePoint } from '../primordials.ts';
import { codePointAt } from '../primordials.ts';

/** Java's line terminators, for `.`, `^` and `$`. */
export const lineTerminators = '\\n\\r\\u0085\\u2028\\u2029';

const horizontal = ' \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const vertical = '\\n\\u000b\\f\\r\\u0085\\u2028\\u2029';
const space = ' \\t\\n\\u000b\\f\\r';

/** Escapes that stand for a class, as the inside of a JavaScript class. */
export const escapeClasses: Readonly<Record<string, string>> = {
  d: '[0-9]',
  D: '[^0-9]',
  w: '[a-zA-Z_0-9]',
  W: '[^a-zA-Z_0-9]',
  s: `[${space}]`,
  S: `[^${space}]`,
  h: `[${horizontal}]`,
  H: `[^${horizontal}]`,
  v: `[${vertical}]`,
  V: `[^${vertical}]`,
};

/** POSIX and java.lang.Character classes, which are US-ASCII in Java. */
const namedClasses: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\u0000-\\u007f',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e',
  Graph: '\\u0021-\\u007e',
  Print: '\\u0020-\\u007e',
  Blank: ' \\t',
  Cntrl: '\\u0000-\\u001f\\u007f',
  XDigit: '0-9a-fA-F',
  Space: space,
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaWhitespace: `${space}\\u001c-\\u001f\\p{Zs}`,
  IsAlphabetic: '\\p{Alphabetic}',
  IsLetter: '\\p{L}',
  IsLowercase: '\\p{Lowercase}',
  IsUppercase: '\\p{Uppercase}',
  IsDigit: '\\p{Nd}',
  IsPunctuation: '\\p{P}',
  IsIdeographic: '\\p{Ideographic}',
  IsWhite_Space: '\\p{White_Space}',
};

/** `\p{Alpha}`, `\p{Lu}`, `\p{IsLatin}` … as a JavaScript class; undefined where there is no counterpart. */
export function propertyClass(name: string, negated: boolean): string | undefined {
  const known = Object.hasOwn(namedClasses, name) ? namedClasses[name] : unicodeProperty(name);
  return known === undefined ? undefined : `[${negated ? '^' : ''}${known}]`;
}

function unicodeProperty(name: string): string | undefined {
  const bare = name.startsWith('Is') ? name.slice(2) : name;
  const candidates = [bare, `Script=${bare}`, name.startsWith('script=') ? `Script=${name.slice(7)}` : bare];
  return candidates.map((candidate) => `\\p{${candidate}}`).find(compiles);
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source, 'v') instanceof RegExp;
  } catch {
    return false;
  }
}

/** A character that means itself inside and outside of a class. */
export function literal(character: string): string {
  if (/^[a-zA-Z0-9 ]$/.test(character)) return character;
  return `\\u{${(codePointAt(character, 0) ?? 0).toString(16)}}`;
}

export function fromHex(digits: string): string {
  return fromCodePoint(parseInt(digits, 16));
}
