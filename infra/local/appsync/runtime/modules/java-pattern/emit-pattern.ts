import { includesText } from '../primordials.ts';
import { lineTerminators, literal } from './character-classes.ts';
import type { Alternatives, ParsedPattern, PatternNode } from './nodes.ts';

export interface EmittedPattern {
  readonly source: string;
  readonly flags: string;
  /** JavaScript's number of each Java group, which differ where possessive quantifiers needed groups of their own. */
  readonly groups: readonly number[];
}

/** Writes a parsed pattern as JavaScript, for the flag `v`. */
export function emitPattern({ body, flags }: ParsedPattern): EmittedPattern {
  const groups: number[] = [0];
  let count = 0;
  const numberGroups = (node: PatternNode): void => {
    if (node.kind === 'quantified') {
      if (node.possessive) count += 1;
      numberGroups(node.body);
    } else if (node.kind === 'group') {
      if (node.capture !== undefined) {
        count += 1;
        groups[node.capture] = count;
      }
      node.body.forEach((nodes) => nodes.forEach(numberGroups));
    }
  };
  body.forEach((nodes) => nodes.forEach(numberGroups));

  let possessives = 0;
  const dotAll = includesText(flags, 's');
  const multiline = includesText(flags, 'm');
  const emit = (node: PatternNode): string => {
    switch (node.kind) {
      case 'literal':
        return literal(node.character);
      case 'raw':
        return node.source;
      case 'dot':
        return dotAll ? '[\\s\\S]' : `[^${lineTerminators}]`;
      case 'start':
        return multiline ? `(?<![^${lineTerminators}])` : '(?<![\\s\\S])';
      case 'end':
        return multiline ? `(?![^${lineTerminators}])` : `(?=(?:\\r\\n|[${lineTerminators}])?(?![\\s\\S]))`;
      case 'back-reference':
        return typeof node.group === 'string' ? `\\k<${node.group}>` : `(?:\\${groups[node.group] ?? node.group})`;
      case 'group':
        return `${node.opening}${emitAll(node.body)})`;
      case 'quantified': {
        if (!node.possessive) return `${emit(node.body)}${node.quantifier}`;
        // A lookahead is never entered again, so what it matched stays matched.
        possessives += 1;
        const name = `possessive${possessives}_`;
        return `(?=(?<${name}>${emit(node.body)}${node.quantifier}))\\k<${name}>`;
      }
    }
  };
  const emitAll = (alternatives: Alternatives): string =>
    alternatives.map((nodes) => nodes.map(emit).join('')).join('|');
  return { source: emitAll(body), flags: includesText(flags, 'i') ? 'vi' : 'v', groups };
}
