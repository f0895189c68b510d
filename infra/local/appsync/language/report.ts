import type { Node } from 'acorn';
import type { LanguageError, LanguageRule } from './language-error.ts';

/** Collects errors of one piece of code. */
export interface Report {
  add(rule: LanguageRule, node: Node, message: string): void;
}

export function createReport(errors: LanguageError[]): Report {
  return {
    add(rule, node, message) {
      const start = node.loc?.start;
      errors.push({
        line: start?.line ?? 0,
        column: start === undefined ? 0 : start.column + 1,
        span: Math.max(1, node.end - node.start),
        message,
        rule,
      });
    },
  };
}
