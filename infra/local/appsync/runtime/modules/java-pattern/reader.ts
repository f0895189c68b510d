import { fromCharCode, charCodeAt, codePointAt, fromCodePoint } from '../primordials.ts';
import { codeError, type RaisedError } from '../signals.ts';
import { escapeClasses, fromHex, propertyClass } from './character-classes.ts';

/** Walks over the text of a pattern. */
export interface PatternReader {
  done(): boolean;
  at(text: string): boolean;
  /** Moves on if the text is next. */
  take(text: string): boolean;
  /** What the expression matches from here, moved over. */
  match(expression: RegExp): RegExpExecArray | undefined;
  /** The next character, moved over. */
  next(): string;
  /** What stands between `\Q` (moved over already) and `\E` or the end. */
  quoted(): string;
  /** An escape of a character or a class, from behind its backslash. */
  escape(): { kind: 'class'; source: string } | { kind: 'character'; character: string };
  error(reason: string): RaisedError;
}

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', a: '\u0007', e: '\u001b' };

export function createReader(pattern: string): PatternReader {
  let position = 0;
  const reader: PatternReader = {
    done: () => position >= pattern.length,
    at: (text) => pattern.startsWith(text, position),
    take(text) {
      if (!reader.at(text)) return false;
      position += text.length;
      return true;
    },
    match(expression) {
      const sticky = new RegExp(expression.source, 'y');
      sticky.lastIndex = position;
      const found = sticky.exec(pattern);
      if (!found) return undefined;
      position += found[0].length;
      return found;
    },
    next() {
      const point = codePointAt(pattern, position);
      if (point === undefined) throw reader.error('Unexpected end');
      const character = fromCodePoint(point);
      position += character.length;
      return character;
    },
    quoted() {
      const end = pattern.indexOf('\\E', position);
      const text = pattern.slice(position, end < 0 ? pattern.length : end);
      position = end < 0 ? pattern.length : end + 2;
      return text;
    },
    escape: () => readEscape(reader),
    error: (reason) => codeError(`Regular expression: ${reason} near index ${position} of ${pattern}`),
  };
  return reader;
}

function readEscape(reader: PatternReader): ReturnType<PatternReader['escape']> {
  const property = reader.match(/([pP])(?:\{(\^?)([^}]+)\}|([A-Z]))/);
  if (property) {
    const name = (property[3] ?? property[4] ?? '').trim();
    const source = propertyClass(name, (property[1] === 'P') !== (property[2] === '^'));
    if (source === undefined) throw reader.error(`The character property {${name}} is not supported`);
    return { kind: 'class', source };
  }
  const code = reader.match(/x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})/);
  if (code) return { kind: 'character', character: fromHex(code[1] ?? code[2] ?? code[3] ?? '') };
  const octal = reader.match(/0([0-3][0-7]{2}|[0-7]{1,2})/);
  if (octal) return { kind: 'character', character: fromCharCode(parseInt(octal[1] ?? '', 8)) };
  const control = reader.match(/c(.)/);
  if (control) return { kind: 'character', character: fromCharCode(charCodeAt(control[1] ?? '', 0) ^ 64) };
  const character = reader.next();
  const source = escapeClasses[character];
  if (source !== undefined) return { kind: 'class', source };
  const meant = controls[character];
  if (meant !== undefined) return { kind: 'character', character: meant };
  if (/[a-zA-Z]/.test(character)) throw reader.error(`The escape \\${character} is not supported`);
  return { kind: 'character', character };
}
