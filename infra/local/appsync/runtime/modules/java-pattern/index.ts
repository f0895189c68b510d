import { charCodeAt } from '../primordials.ts';
import { codeError } from '../signals.ts';
import { emitPattern, type EmittedPattern } from './emit-pattern.ts';
import { parsePattern } from './parse-pattern.ts';

const cacheSize = 500;
const cache = new Map<string, EmittedPattern>();

/** Whether the Java pattern matches the whole of the text, as java.util.regex.Pattern.matches does. */
export function matchesWhole(pattern: string, text: string): boolean {
  const { source, flags } = translate(pattern);
  return compile(`(?<![\\s\\S])(?:${source})(?![\\s\\S])`, flags, pattern).test(text);
}

/** java.util.regex.Matcher.replaceFirst and replaceAll. */
export function replaceMatches(text: string, pattern: string, replacement: string, all: boolean): string {
  const { source, flags, groups } = translate(pattern);
  const expression = compile(source, `${flags}g`, pattern);
  let output = '';
  let end = 0;
  for (let found = expression.exec(text); found; found = expression.exec(text)) {
    output += text.slice(end, found.index) + expandReplacement(replacement, found, groups);
    end = found.index + found[0].length;
    if (!all) break;
    if (found[0] === '') expression.lastIndex += 1;
  }
  return output + text.slice(end);
}

function translate(pattern: string): EmittedPattern {
  const known = cache.get(pattern);
  if (known) return known;
  const emitted = emitPattern(parsePattern(pattern));
  if (cache.size >= cacheSize) cache.clear();
  cache.set(pattern, emitted);
  return emitted;
}

function compile(source: string, flags: string, pattern: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw codeError(`Regular expression: ${pattern} cannot be used here (${String(error)})`);
  }
}

/** `$1`, `${name}` and `\$`, as java.util.regex.Matcher.appendReplacement reads them. */
function expandReplacement(replacement: string, found: RegExpExecArray, groups: readonly number[]): string {
  let output = '';
  for (let index = 0; index < replacement.length; index += 1) {
    const character = replacement.charAt(index);
    if (character === '\\') {
      index += 1;
      if (index >= replacement.length) throw codeError('Regular expression: character to be escaped is missing');
      output += replacement.charAt(index);
    } else if (character === '$') {
      const reference = /^(?:\{([a-zA-Z][a-zA-Z0-9]*)\}|(\d))/.exec(replacement.slice(index + 1));
      if (!reference) throw codeError('Regular expression: illegal group reference');
      index += reference[0].length;
      if (reference[1] !== undefined) {
        output += namedGroup(found, reference[1]);
        continue;
      }
      let group = Number(reference[2]);
      if (group >= groups.length) throw codeError(`Regular expression: no group ${group}`);
      // Further digits belong to the number for as long as there is such a group.
      for (; isDigit(replacement, index + 1); index += 1) {
        const longer = group * 10 + Number(replacement.charAt(index + 1));
        if (longer >= groups.length) break;
        group = longer;
      }
      output += found[groups[group] ?? 0] ?? '';
    } else {
      output += character;
    }
  }
  return output;
}

function namedGroup(found: RegExpExecArray, name: string): string {
  if (!found.groups || !Object.hasOwn(found.groups, name)) throw codeError(`Regular expression: no group {${name}}`);
  return found.groups[name] ?? '';
}

function isDigit(text: string, index: number): boolean {
  if (index >= text.length) return false;
  const code = charCodeAt(text, index);
  return code >= 48 && code <= 57;
}
