import type { Json, JsonObject } from '../../../service.ts';
import { requireObject, requireText } from '../request-object.ts';
import { toWireMap } from './values.ts';

/** The member of DynamoDB's input that takes an expression of each kind. */
export type ExpressionMember =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

export interface GivenExpression {
  readonly member: ExpressionMember;
  /** Of the request object: `{expression, expressionNames, expressionValues}`, or absent. */
  readonly given: Json | undefined;
  readonly path: string;
  /** Further members that the request object's form allows. */
  readonly members?: readonly string[];
}

const ownMembers = ['expression', 'expressionNames', 'expressionValues'];

/** Expressions of one call share their names and values on the wire. */
export function toWireExpressions(expressions: readonly GivenExpression[]): JsonObject {
  const wire: Record<string, Json> = {};
  const names: Record<string, Json> = {};
  const values: Record<string, Json> = {};
  for (const { member, given, path, members = [] } of expressions) {
    if (given === undefined || given === null) continue;
    const { expression, expressionNames, expressionValues } = requireObject(given, path, [...ownMembers, ...members]);
    wire[member] = requireText(expression, `${path}][expression`);
    Object.assign(names, expressionNames ? requireObject(expressionNames, `${path}][expressionNames`) : {});
    Object.assign(values, expressionValues ? toWireMap(expressionValues, `${path}][expressionValues`) : {});
  }
  if (Object.keys(names).length > 0) wire['ExpressionAttributeNames'] = names;
  if (Object.keys(values).length > 0) wire['ExpressionAttributeValues'] = values;
  return wire;
}
