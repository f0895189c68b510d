import type { SignedOutError } from './errors.ts';

/** A document that codegen made from the .graphql files beside the features: it knows its variables and its answer. */
export interface TypedDocument<Result, Variables> {
  readonly __apiType?: (variables: Variables) => Result;
  toString(): string;
}

/** Headers that say who asks: `{authorization: <access token>}` or `{'x-api-key': <key>}`. Asked for anew at each request. */
export type Authorize = () => Promise<Readonly<Record<string, string>>>;

/** Gets another authorization in place of one that was denied. Throws why there is none: AccessRefusedError or SignedOutError. */
export type Renew = (denied: SignedOutError) => Promise<void>;

/** `createProduct` of `mutation CreateProduct { createProduct … }`'s name: for cache keys and messages. */
export function operationName(document: { toString(): string }): string {
  return /\b(?:query|mutation|subscription)\s+(\w+)/.exec(document.toString())?.[1] ?? 'anonymous';
}

export function isMutation(document: { toString(): string }): boolean {
  return /^\s*mutation\b/m.test(document.toString());
}
