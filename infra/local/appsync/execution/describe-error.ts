import { GraphQLError, isNonNullType, isObjectType, getNamedType, type FieldNode, type GraphQLSchema } from 'graphql';
import type { Json } from '../../service.ts';
import { FieldFailure } from './field-failure.ts';
import type { AppendedError } from './request-scope.ts';
import { cutToSelection, type SelectionScope } from './selection.ts';
import { locationsOf, type SourceLocation } from './validation-messages.ts';

/** An error as a client of AppSync reads it. */
export type ClientError =
  | {
      readonly path: readonly (string | number)[] | null;
      readonly data: Json;
      readonly errorType: string | null;
      readonly errorInfo: Json;
      readonly locations: readonly SourceLocation[] | null;
      readonly message: string;
    }
  | {
      readonly path: readonly (string | number)[] | null;
      readonly locations: readonly SourceLocation[] | null;
      readonly message: string;
    };

/** An error that a field ended with. `onFault` is told of what is the host's own fault; the client is not. */
export function describeError(
  error: GraphQLError,
  schema: GraphQLSchema,
  selection: SelectionScope,
  onFault: (fault: unknown) => void,
): ClientError {
  const path = error.path ?? null;
  const locations = locationsOf(error);
  const cause = error.originalError;
  if (cause instanceof FieldFailure) {
    const { message, errorType, errorInfo } = cause;
    const data = cutToSelection(cause.data, fieldNodesOf(error), selection);
    return { path, data, errorType, errorInfo, locations, message };
  }
  if (cause && !(cause instanceof GraphQLError) && !isCompletionError(error)) {
    onFault(cause);
    return {
      path,
      data: null,
      errorType: 'InternalFailure',
      errorInfo: null,
      locations,
      message: 'An internal failure occurred.',
    };
  }
  return { path, locations, message: completionMessage(error, schema) };
}

export function describeAppended({ error, path, nodes }: AppendedError, selection: SelectionScope): ClientError {
  return {
    path,
    data: cutToSelection(error.data, nodes, selection),
    errorType: error.type,
    errorInfo: error.errorInfo,
    locations: nodes.flatMap((node) => {
      const { loc } = node;
      return loc ? [{ line: loc.startToken.line, column: loc.startToken.column, sourceName: null }] : [];
    }),
    message: error.message,
  };
}

function fieldNodesOf(error: GraphQLError): FieldNode[] {
  return (error.nodes ?? []).filter((node) => node.kind === 'Field');
}

/** graphql's own complaints about a value that a resolver gave. */
const completionPattern =
  /^(Cannot return null for non-nullable field|Expected Iterable|Expected value of type|Abstract type|Unable to serialize|Enum "|(String|Int|Float|Boolean|ID) cannot represent)/;

function isCompletionError(error: GraphQLError): boolean {
  return completionPattern.test(error.message);
}

function completionMessage(error: GraphQLError, schema: GraphQLSchema): string {
  const path = pathText(error.path ?? []);
  const missing = /^Cannot return null for non-nullable field (\w+)\.(\w+)/.exec(error.message);
  if (missing) {
    const [, parent = '', field = ''] = missing;
    return `Cannot return null for non-nullable type: '${typeNameOf(
      schema,
      parent,
      field,
    )}' within parent '${parent}' (${path})`;
  }
  if (error.message.startsWith('Expected Iterable')) {
    return `Can't resolve value (${path}) : type mismatch error, expected type LIST`;
  }
  if (/^Unable to serialize|cannot represent/.test(error.message)) {
    return `Can't serialize value (${path}) : ${error.message}`;
  }
  return error.message;
}

function typeNameOf(schema: GraphQLSchema, parent: string, field: string): string {
  const type = schema.getType(parent);
  const fieldType = isObjectType(type) ? type.getFields()[field]?.type : undefined;
  if (!fieldType) return field;
  const inner = isNonNullType(fieldType) ? fieldType.ofType : fieldType;
  return getNamedType(inner).name;
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `/${step}`)).join('');
}
