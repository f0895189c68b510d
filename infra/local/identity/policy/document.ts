import { AwsError } from '../../errors.ts';
import type { Json, JsonObject } from '../../service.ts';

/** A statement as written, with every single value made a list. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: ElementList;
  readonly resources: ElementList | undefined;
  readonly principals: PrincipalList | undefined;
  /** Operator, key, values, as written. */
  readonly conditions: readonly Condition[];
}

/** `Action` and `NotAction`, `Resource` and `NotResource`. */
export interface ElementList {
  readonly negated: boolean;
  readonly values: readonly string[];
}

/** `{AWS: […], Service: […]}`; `*` alone is `{AWS: ['*']}` for everybody. */
export interface PrincipalList {
  readonly negated: boolean;
  readonly byType: Readonly<Record<string, readonly string[]>>;
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export type PolicyKind = 'identity' | 'trust';

const statementElements = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

/**
 * Reads a policy document.
 * Source: IAM user guide, "Grammar of the IAM JSON policy language".
 *
 * @throws AwsError MalformedPolicyDocument
 */
export function parseDocument(
  document: Json,
  kind: PolicyKind,
): { readonly usesVariables: boolean; readonly statements: readonly Statement[] } {
  if (!isObject(document)) throw malformed('Syntax errors in policy: a document is an object.');
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw malformed(`Version is ${String(version)}: expected 2012-10-17 or 2008-10-17.`);
  }
  const statements = document['Statement'];
  if (statements === undefined) throw malformed('Syntax errors in policy: Statement is missing.');
  return {
    usesVariables: version === '2012-10-17',
    statements: (Array.isArray(statements) ? statements : [statements]).map((one: Json) => parseStatement(one, kind)),
  };
}

function parseStatement(statement: Json, kind: PolicyKind): Statement {
  if (!isObject(statement)) throw malformed('Syntax errors in policy: a statement is an object.');
  for (const name of Object.keys(statement)) {
    if (!statementElements.has(name)) throw malformed(`Syntax errors in policy: a statement has no element ${name}.`);
  }
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw malformed(`Effect is ${String(effect)}: expected Allow or Deny.`);
  }
  const actions = elementList(statement, 'Action', 'NotAction');
  if (!actions) throw malformed('Policy statement must contain actions.');
  const resources = elementList(statement, 'Resource', 'NotResource');
  const principals = principalList(statement);
  if (kind === 'identity') {
    if (principals) throw malformed('Policy document should not specify a principal.');
    if (!resources) throw malformed('Policy statement must contain resources.');
  } else {
    if (!principals) throw malformed('AssumeRole policy must contain principals.');
    if (resources) throw malformed('Has prohibited field Resource.');
  }
  return { effect, actions, resources, principals, conditions: conditionsOf(statement['Condition']) };
}

function elementList(statement: JsonObject, name: string, negatedName: string): ElementList | undefined {
  const plain = statement[name];
  const negated = statement[negatedName];
  if (plain !== undefined && negated !== undefined) {
    throw malformed(`Syntax errors in policy: a statement has ${name} or ${negatedName}, not both.`);
  }
  const value = plain ?? negated;
  return value === undefined ? undefined : { negated: plain === undefined, values: texts(value, name) };
}

function principalList(statement: JsonObject): PrincipalList | undefined {
  const value = statement['Principal'] ?? statement['NotPrincipal'];
  if (value === undefined) return undefined;
  const negated = statement['Principal'] === undefined;
  if (value === '*') return { negated, byType: { AWS: ['*'] } };
  if (!isObject(value)) throw malformed('Invalid principal in policy.');
  return {
    negated,
    byType: Object.fromEntries(Object.entries(value).map(([type, names]) => [type, texts(names, 'Principal')])),
  };
}

function conditionsOf(value: Json | undefined): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) throw malformed('Syntax errors in policy: Condition is an object.');
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw malformed(`Syntax errors in policy: ${operator} is an object of keys.`);
    return Object.entries(keys).map(([key, values]) => ({ operator, key, values: texts(values, key) }));
  });
}

function texts(value: Json, name: string): string[] {
  return (Array.isArray(value) ? value : [value]).map((one: Json) => {
    if (typeof one === 'string') return one;
    if (typeof one === 'number' || typeof one === 'boolean') return String(one);
    throw malformed(`Syntax errors in policy: ${name} holds ${JSON.stringify(one)}, expected text.`);
  });
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}
