import type { RequestContext } from './request-context.ts';

/** Text with `*`, `?` and policy variables, ready to be matched. */
export interface Pattern {
  matches(text: string, context: RequestContext): boolean;
}

/** `*` */
const anyText = Symbol('any text');
/** `?` */
const anyCharacter = Symbol('any character');
type Token = string | typeof anyText | typeof anyCharacter;

interface Variable {
  readonly key: string;
  readonly fallback: string | undefined;
}
type Part = Token | Variable;

export interface PatternOptions {
  /** Whether `${…}` is a variable: not in documents of version 2008-10-17. */
  readonly variables: boolean;
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  readonly ignoreCase?: boolean;
}

/**
 * A value that a variable brings is literal: a star in a tag is a star. A variable without a value makes the pattern
 * match nothing. Source: IAM user guide, "IAM policy elements: Variables and tags".
 */
export function compilePattern(source: string, options: PatternOptions): Pattern {
  const fold = options.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const parts = parse(source, options).map((part) => (typeof part === 'string' ? fold(part) : part));
  if (!parts.some((part) => typeof part === 'object')) {
    const tokens = parts as Token[];
    if (tokens.length === 1 && tokens[0] === anyText) return { matches: () => true };
    if (tokens.every((token) => typeof token === 'string')) {
      const literal = tokens.join('');
      return { matches: (text) => fold(text) === literal };
    }
    return { matches: (text) => matchTokens(tokens, fold(text)) };
  }
  return {
    matches(text, context) {
      const tokens = fill(parts, context, fold);
      return tokens !== undefined && matchTokens(tokens, fold(text));
    },
  };
}

function parse(source: string, { variables, wildcards }: PatternOptions): Part[] {
  const parts: Part[] = [];
  let literal = '';
  const push = (part: Part): void => {
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push(part);
  };
  for (let index = 0; index < source.length; index += 1) {
    const character = source.charAt(index);
    const end = variables && source.startsWith('${', index) ? source.indexOf('}', index) : -1;
    if (end > 0) {
      const name = source.slice(index + 2, end);
      // `${*}`, `${?}` and `${$}` are the characters themselves.
      if (name === '*' || name === '?' || name === '$') literal += name;
      else push(parseVariable(name));
      index = end;
    } else if (wildcards && character === '*') {
      push(anyText);
    } else if (wildcards && character === '?') {
      push(anyCharacter);
    } else {
      literal += character;
    }
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

/** `aws:PrincipalTag/team`, with a default after a comma: `aws:PrincipalTag/team, 'none'`. */
function parseVariable(text: string): Variable {
  const match = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?$/.exec(text);
  return { key: match?.[1] ?? text, fallback: match?.[2] };
}

function fill(parts: readonly Part[], context: RequestContext, fold: (text: string) => string): Token[] | undefined {
  const tokens: Token[] = [];
  for (const part of parts) {
    if (typeof part !== 'object') {
      tokens.push(part);
      continue;
    }
    const values = context.values(part.key);
    // Keys of several values cannot be variables.
    const value = values?.length === 1 ? values[0] : part.fallback;
    if (value === undefined) return undefined;
    tokens.push(fold(value));
  }
  return tokens;
}

/** Goes back only to the last star, so the time is bounded by the product of the lengths. */
function matchTokens(tokens: readonly Token[], text: string): boolean {
  let token = 0;
  let position = 0;
  let starToken = -1;
  let starPosition = 0;
  for (;;) {
    const current = tokens[token];
    if (current === anyText) {
      starToken = token;
      starPosition = position;
      token += 1;
    } else if (current === undefined && position === text.length) {
      return true;
    } else if (current === anyCharacter && position < text.length) {
      token += 1;
      position += 1;
    } else if (typeof current === 'string' && text.startsWith(current, position)) {
      token += 1;
      position += current.length;
    } else {
      if (starToken < 0 || starPosition >= text.length) return false;
      starPosition += 1;
      token = starToken + 1;
      position = starPosition;
    }
  }
}
