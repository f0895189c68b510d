import {
  GraphQLError,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { describeValidationErrors, type PlainError } from './validation-messages.ts';
import type { SelectionInfo } from './selection.ts';

/** A document, parsed and checked once. */
export type PreparedDocument =
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'invalid'; readonly errors: readonly PlainError[] }
  | ValidDocument;

export interface ValidDocument {
  readonly kind: 'valid';
  readonly document: DocumentNode;
  readonly operations: readonly OperationDefinitionNode[];
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly usesIntrospection: boolean;
  /** What was found out of each field's selection; absent where variables decide what is selected. */
  readonly selections: WeakMap<FieldNode, SelectionInfo> | undefined;
  /** Levels of nested fields, by operation; what is below `__schema` and `__type` has a limit of its own. */
  readonly depths: ReadonlyMap<OperationDefinitionNode, number>;
}

export interface Documents {
  get(query: string): PreparedDocument;
}

/** Source: AWS AppSync endpoints and quotas. */
const maximumTokens = 15_000;
const maximumErrors = 20;
const maximumDocuments = 1_000;
const maximumCharacters = 8 * 1024 * 1024;

/** The documents that clients of one schema last sent; bounded in number and in size, the oldest go first. */
export function createDocuments(schema: GraphQLSchema): Documents {
  const prepared = new Map<string, PreparedDocument>();
  let characters = 0;

  const forgetOldest = (): void => {
    const [oldest] = prepared.keys();
    if (oldest === undefined) return;
    prepared.delete(oldest);
    characters -= oldest.length;
  };

  return {
    get(query) {
      const known = prepared.get(query);
      if (known) {
        prepared.delete(query);
        prepared.set(query, known);
        return known;
      }
      const made = prepare(schema, query);
      prepared.set(query, made);
      characters += query.length;
      while (prepared.size > maximumDocuments || characters > maximumCharacters) forgetOldest();
      return made;
    },
  };
}

/** Nesting so deep that no stack holds it is the client's fault, not ours. */
function prepare(schema: GraphQLSchema, query: string): PreparedDocument {
  try {
    return parseAndCheck(schema, query);
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'malformed', message: 'The query is nested too deeply.' };
    throw error;
  }
}

function parseAndCheck(schema: GraphQLSchema, query: string): PreparedDocument {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: maximumTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const tooLong = error.message.includes('tokens');
    return {
      kind: 'malformed',
      message: tooLong ? `The query has more than ${maximumTokens} tokens.` : 'Unable to parse GraphQL query.',
    };
  }
  const errors = validate(schema, document, undefined, { maxErrors: maximumErrors });
  if (errors.length > 0) return { kind: 'invalid', errors: describeValidationErrors(document, errors) };
  return describe(document);
}

function describe(document: DocumentNode): ValidDocument {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = Object.fromEntries(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const facts = survey(document);
  return {
    kind: 'valid',
    document,
    operations,
    fragments,
    usesIntrospection: facts.usesIntrospection,
    selections: facts.usesConditions ? undefined : new WeakMap(),
    depths: new Map(operations.map((operation) => [operation, depthOf(operation, fragments)])),
  };
}

type Selecting = Pick<OperationDefinitionNode | FragmentDefinitionNode, 'selectionSet'>;

function survey(document: DocumentNode): { usesIntrospection: boolean; usesConditions: boolean } {
  const facts = { usesIntrospection: false, usesConditions: false };
  const visitSet = ({ selectionSet }: { readonly selectionSet?: Selecting['selectionSet'] | undefined }): void => {
    for (const node of selectionSet?.selections ?? []) {
      if (node.directives?.length) facts.usesConditions = true;
      if (node.kind === Kind.FIELD && isIntrospection(node)) facts.usesIntrospection = true;
      if (node.kind !== Kind.FRAGMENT_SPREAD) visitSet(node);
    }
  };
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) visitSet(node);
  }
  return facts;
}

function isIntrospection({ name }: FieldNode): boolean {
  return name.value === '__schema' || name.value === '__type';
}

/** Levels of nested fields. Each fragment is measured once, so that many spreads of it cost nothing. */
function depthOf(operation: Selecting, fragments: ValidDocument['fragments']): number {
  const known = new Map<string, number>();
  const below = ({ selectionSet }: { readonly selectionSet?: Selecting['selectionSet'] | undefined }): number =>
    Math.max(
      0,
      ...(selectionSet?.selections ?? []).map((node) => {
        if (node.kind === Kind.FIELD) return isIntrospection(node) ? 1 : 1 + below(node);
        if (node.kind === Kind.INLINE_FRAGMENT) return below(node);
        const name = node.name.value;
        const fragment = fragments[name];
        const depth = known.get(name) ?? (fragment ? below(fragment) : 0);
        known.set(name, depth);
        return depth;
      }),
    );
  return below(operation);
}
