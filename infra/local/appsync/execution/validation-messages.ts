import {
  Kind,
  type ASTNode,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  visit,
} from 'graphql';
import { describeValue } from './describe-value.ts';

export interface SourceLocation {
  readonly line: number;
  readonly column: number;
  readonly sourceName: null;
}

/** An error that no field caused. */
export interface PlainError {
  readonly path: null;
  readonly locations: readonly SourceLocation[] | null;
  readonly message: string;
}

interface Wording {
  readonly pattern: RegExp;
  /** Of the match: AppSync's own name of the error, and its text. */
  readonly say: (...groups: string[]) => readonly [type: string, text: string];
}

/** graphql's messages on the left, AppSync's on the right: clients match on the latter. */
const wordings: readonly Wording[] = [
  {
    pattern: /^Cannot query field "(\w+)" on type "(\w+)"/,
    say: (field, type) => ['FieldUndefined', `Field '${field}' in type '${type}' is undefined`],
  },
  {
    pattern: /^Unknown argument "(\w+)" on field/,
    say: (name) => ['UnknownArgument', `Unknown field argument ${name}`],
  },
  {
    pattern: /^Unknown argument "(\w+)" on directive/,
    say: (name) => ['UnknownArgument', `Unknown directive argument ${name}`],
  },
  {
    pattern: /^Field "\w+" argument "(\w+)" of type ".+" is required/,
    say: (name) => ['MissingFieldArgument', `Missing field argument ${name}`],
  },
  {
    pattern: /^Field "(\w+)" must not have a selection since type "(.+)" has no subfields/,
    say: (field, type) => [
      'SubSelectionNotAllowed',
      `Sub selection not allowed on leaf type ${type} of field ${field}`,
    ],
  },
  {
    pattern: /^Field "(\w+)" of type "(.+)" must have a selection of subfields/,
    say: (field, type) => ['SubSelectionRequired', `Sub selection required for type ${type} of field ${field}`],
  },
  { pattern: /^Variable "\$(\w+)" is not defined/, say: (name) => ['UndefinedVariable', `Undefined variable ${name}`] },
  { pattern: /^Variable "\$(\w+)" is never used/, say: (name) => ['UnusedVariable', `Unused variable ${name}`] },
  { pattern: /^Fragment "(\w+)" is never used/, say: (name) => ['UnusedFragment', `Unused fragment ${name}`] },
  { pattern: /^Unknown fragment "(\w+)"/, say: (name) => ['UndefinedFragment', `Undefined fragment ${name}`] },
  {
    pattern: /^Cannot spread fragment "(\w+)" within itself/,
    say: () => ['FragmentCycle', 'Fragment cycles not allowed'],
  },
  { pattern: /^Unknown type "(\w+)"/, say: (name) => ['UnknownType', `Unknown type ${name}`] },
  { pattern: /^Unknown directive "@(\w+)"/, say: (name) => ['UnknownDirective', `Unknown directive ${name}`] },
  {
    pattern: /^Variable "\$\w+" of type "(.+)" used in position expecting type "(.+)"/,
    say: (got, expected) => [
      'VariableTypeMismatch',
      `Variable type '${got}' doesn't match expected type '${expected}'`,
    ],
  },
  {
    pattern: /^Fields "(.+?)" conflict because ([^.]+)\./,
    say: (name, reason) => ['FieldsConflict', `${name}: ${reason}`],
  },
  {
    pattern: /^Field "[\w.]*?(\w+)" of required type ".+" was not provided/,
    say: (name) => ['WrongType', `is missing required fields '[${name}]'`],
  },
  {
    pattern: /^Field "(\w+)" is not defined by type "(\w+)"/,
    say: (field, type) => ['WrongType', `contains a field not in '${type}': '${field}'`],
  },
  { pattern: /^Enum "(\w+)" cannot represent/, say: (type) => ['WrongType', `is not a valid '${type}'`] },
  { pattern: /^Value "?.*"? does not exist in "(\w+)" enum/, say: (type) => ['WrongType', `is not a valid '${type}'`] },
  { pattern: /^(\w+) cannot represent/, say: (type) => ['WrongType', `is not a valid '${type}'`] },
  { pattern: /^Expected value of type "(.+?)", found/, say: (type) => ['WrongType', `is not a valid '${type}'`] },
];

/** A failed validation in AppSync's words: `Validation error of type FieldUndefined: Field 'x' in type 'Query' is undefined @ 'x'`. */
export function describeValidationErrors(document: DocumentNode, errors: readonly GraphQLError[]): PlainError[] {
  return errors.map((error) => {
    const places = error.nodes?.[0] ? placeOf(document, error.nodes[0]) : { path: '' };
    return { path: null, locations: locationsOf(error), message: messageOf(error, places) };
  });
}

export function locationsOf(error: GraphQLError): SourceLocation[] {
  return (error.locations ?? []).map(({ line, column }) => ({ line, column, sourceName: null }));
}

function messageOf(error: GraphQLError, { path, argument }: Place): string {
  const at = path === '' ? '' : ` @ '${path}'`;
  for (const { pattern, say } of wordings) {
    const match = pattern.exec(error.message);
    if (!match) continue;
    const [type, text] = say(...match.slice(1));
    const subject =
      type === 'WrongType' && argument
        ? `argument '${argument.name.value}' with value '${describeValue(argument.value)}' `
        : '';
    return `Validation error of type ${type}: ${subject}${text}${at}`;
  }
  return `Validation error of type InvalidSyntax: ${error.message}${at}`;
}

interface Place {
  /** Names of the fields from the operation down: `products/nodes/id`. */
  readonly path: string;
  /** The argument that holds the node. */
  readonly argument?: ArgumentNode;
}

function placeOf(document: DocumentNode, wanted: ASTNode): Place {
  let found: Place = { path: '' };
  const fields: FieldNode[] = [];
  const argumentNodes: ArgumentNode[] = [];
  visit(document, {
    enter(node) {
      if (node.kind === Kind.FIELD) fields.push(node);
      if (node.kind === Kind.ARGUMENT) argumentNodes.push(node);
      if (node !== wanted) return;
      const argument = argumentNodes.at(-1);
      found = { path: fields.map(({ name }) => name.value).join('/'), ...(argument && { argument }) };
    },
    leave(node) {
      if (node.kind === Kind.FIELD) fields.pop();
      if (node.kind === Kind.ARGUMENT) argumentNodes.pop();
    },
  });
  return found;
}
