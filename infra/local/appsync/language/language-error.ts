/** Code that AppSync would refuse: where, why, and by which rule of the APPSYNC_JS language. */
export interface LanguageError {
  /** From 1; 0 where the code as a whole is at fault. */
  readonly line: number;
  /** From 1; 0 where the code as a whole is at fault. */
  readonly column: number;
  /** How many characters are at fault; at least 1. */
  readonly span: number;
  readonly message: string;
  readonly rule: LanguageRule;
}

export type LanguageRule =
  | 'syntax'
  | 'code-size'
  | 'handlers'
  | 'module'
  | 'statement'
  | 'operator'
  | 'literal'
  | 'expression'
  | 'function-kind'
  | 'global'
  | 'static-member'
  | 'method'
  | 'prototype'
  | 'sort-comparator'
  | 'function-passing'
  | 'recursion'
  | 'context-assignment';
