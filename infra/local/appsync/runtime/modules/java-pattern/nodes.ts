/** The parts of a Java regular expression that JavaScript can express, one way or another. */
export type PatternNode =
  | { readonly kind: 'literal'; readonly character: string }
  /** Already JavaScript: a class or an assertion. */
  | { readonly kind: 'raw'; readonly source: string }
  | { readonly kind: 'dot' | 'start' | 'end' }
  | { readonly kind: 'back-reference'; readonly group: number | string }
  | { readonly kind: 'group'; readonly opening: string; readonly capture?: number; readonly body: Alternatives }
  | {
      readonly kind: 'quantified';
      readonly body: PatternNode;
      readonly quantifier: string;
      readonly possessive: boolean;
    };

export type Alternatives = readonly (readonly PatternNode[])[];

export interface ParsedPattern {
  readonly body: Alternatives;
  /** `i`, `m` and `s` of the flags at the start. */
  readonly flags: string;
}
