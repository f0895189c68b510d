import type { Json, JsonObject } from '../../service.ts';
import { compileCondition } from './conditions.ts';
import { parseDocument, type ElementList, type PolicyKind, type PrincipalList, type Statement } from './document.ts';
import { compilePattern } from './pattern.ts';
import type { RequestContext } from './request-context.ts';

export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly principals: PrincipalList | undefined;
  coversAction(action: string): boolean;
  /** True for a trust policy, which names no resource. */
  coversResource(resource: string, context: RequestContext): boolean;
  holds(context: RequestContext): boolean;
}

const emptyContext: RequestContext = { values: () => undefined };
const compiled = {
  identity: new WeakMap<object, CompiledStatement[]>(),
  trust: new WeakMap<object, CompiledStatement[]>(),
};

/** The document's statements, compiled once in the life of that object: documents are never changed in place. */
export function compileDocument(document: JsonObject, kind: PolicyKind = 'identity'): readonly CompiledStatement[] {
  const known = compiled[kind].get(document);
  if (known) return known;
  const { usesVariables, statements } = parseDocument(document, kind);
  const result = statements.map((statement) => compileStatement(statement, usesVariables));
  compiled[kind].set(document, result);
  return result;
}

/** Throws AwsError MalformedPolicyDocument unless this is a policy; for what is about to be stored. */
export function requirePolicy(document: Json | undefined, kind: PolicyKind = 'identity'): JsonObject {
  const value = document ?? null;
  parseDocument(value, kind);
  compileDocument(value as JsonObject, kind);
  return value as JsonObject;
}

function compileStatement(statement: Statement, variables: boolean): CompiledStatement {
  const actions = compileList(statement.actions, false, true);
  const resources = statement.resources && compileList(statement.resources, variables, false);
  const conditions = statement.conditions.map((condition) => compileCondition(condition, variables));
  return {
    effect: statement.effect,
    principals: statement.principals,
    coversAction: (action) => actions(action, emptyContext),
    coversResource: resources ?? (() => true),
    holds: (context) => conditions.every((condition) => condition(context)),
  };
}

function compileList(
  { negated, values }: ElementList,
  variables: boolean,
  ignoreCase: boolean,
): (text: string, context: RequestContext) => boolean {
  const patterns = values.map((value) => compilePattern(value, { variables, wildcards: true, ignoreCase }));
  return (text, context) => patterns.some((pattern) => pattern.matches(text, context)) !== negated;
}
