import { GraphQLError, getArgumentValues, getVariableValues, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import type { JsonObject } from '../../service.ts';
import { describeAppended, describeError, type ClientError } from './describe-error.ts';
import { openScope, type ExecutionOptions } from './execute-operation.ts';
import type { RequestScope } from './request-scope.ts';
import { selectedFields } from './selection.ts';
import type { PlainError } from './validation-messages.ts';
import { describeVariableError } from './variable-messages.ts';

export interface Subscribed {
  readonly fieldName: string;
  readonly args: JsonObject;
  readonly scope: RequestScope;
  /** Why it is refused. */
  readonly errors?: readonly (ClientError | PlainError)[];
}

/**
 * Runs the resolver of a subscription's field. Its result is dropped: what counts is that it fails or does not, and the
 * filter that it may set.
 */
export async function subscribe(options: ExecutionOptions): Promise<Subscribed> {
  const { api, operation, onFault } = options;
  const scope = openScope(options);
  const selection = { fragments: scope.fragments, variables: scope.variables };
  const [node] = selectedFields([operation.node.selectionSet], selection);
  const type = api.schema.getSubscriptionType();
  const field = type?.getFields()[node?.name.value ?? ''];
  if (!node || !type || !field) {
    const message = 'A subscription selects one field of Subscription.';
    return { fieldName: '', args: {}, scope, errors: [{ path: null, locations: null, message }] };
  }
  const { coerced, errors } = getVariableValues(
    api.schema,
    operation.node.variableDefinitions ?? [],
    operation.variables,
  );
  if (errors) return { fieldName: field.name, args: {}, scope, errors: errors.map(describeVariableError) };

  const path = { prev: undefined, key: (node.alias ?? node.name).value, typename: type.name };
  let args: JsonObject = {};
  try {
    args = getArgumentValues(field, node, coerced) as JsonObject;
    const info: GraphQLResolveInfo = {
      fieldName: field.name,
      fieldNodes: [node],
      returnType: field.type,
      parentType: type,
      path,
      schema: api.schema,
      fragments: operation.document.fragments as GraphQLResolveInfo['fragments'],
      rootValue: null,
      operation: operation.node,
      variableValues: coerced,
    };
    await field.resolve?.(null, args, scope, info);
  } catch (error) {
    return {
      fieldName: field.name,
      args,
      scope,
      errors: [describeError(located(error, node, path.key), api.schema, selection, onFault)],
    };
  }
  if (scope.appended.length === 0) return { fieldName: field.name, args, scope };
  return {
    fieldName: field.name,
    args,
    scope,
    errors: scope.appended.map((appended) => describeAppended(appended, selection)),
  };
}

function located(error: unknown, node: FieldNode, key: string): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { nodes: [node], path: [key], originalError: cause });
}
