import type { JsonObject } from '../../service.ts';
import { isObject, listAt, objectAt, textAt, validation } from '../wire.ts';
import { tokensOf } from './tokens.ts';

/**
 * The value that a Query asks its partition key to equal. The engine would refuse a query without one; so that no policy
 * on leading keys is ever passed for want of one, it is refused here first.
 */
export function partitionValue(input: JsonObject, partitionKey: string): JsonObject {
  const expression = textAt(input, 'KeyConditionExpression');
  const values =
    expression === undefined ? legacyValues(input, partitionKey) : expressionValues(expression, input, partitionKey);
  const [value] = values;
  if (value === undefined) throw validation(`Query condition missed key schema element: ${partitionKey}`);
  if (values.length > 1) throw validation('KeyConditionExpressions must only contain one condition per key');
  return value;
}

function expressionValues(expression: string, input: JsonObject, partitionKey: string): JsonObject[] {
  const names = objectAt(input, 'ExpressionAttributeNames') ?? {};
  const values = objectAt(input, 'ExpressionAttributeValues') ?? {};
  const tokens = tokensOf(expression).filter((token) => token !== '(' && token !== ')');
  const isPartitionKey = (token: string | undefined): boolean =>
    token !== undefined && (token.startsWith('#') ? names[token] : token) === partitionKey;

  return tokens.flatMap((token, index) => {
    if (token !== '=') return [];
    const [left, right] = [tokens[index - 1], tokens[index + 1]];
    const name = isPartitionKey(left) ? right : isPartitionKey(right) ? left : undefined;
    const value = name === undefined ? undefined : values[name];
    return isObject(value) ? [value] : [];
  });
}

/** `KeyConditions`, which came before expressions. */
function legacyValues(input: JsonObject, partitionKey: string): JsonObject[] {
  const condition = objectAt(objectAt(input, 'KeyConditions') ?? {}, partitionKey);
  if (!condition || condition['ComparisonOperator'] !== 'EQ') return [];
  return listAt(condition, 'AttributeValueList').filter(isObject);
}

/**
 * DynamoDB lets a key condition stand in parentheses wherever it likes; the engine takes them around the first one only.
 * Nothing but AND joins key conditions, so those that are no function's can go.
 */
export function withoutGroups(expression: string): string {
  if (!expression.includes('(')) return expression;
  const kept: string[] = [];
  const open: boolean[] = [];
  for (const token of tokensOf(expression)) {
    if (token === '(') open.push(kept.at(-1)?.toLowerCase() === 'begins_with');
    const keep = token === '(' ? open.at(-1) === true : token === ')' ? open.pop() ?? true : true;
    if (keep) kept.push(token);
  }
  return kept.join(' ');
}

/** The engine would take begins_with on a number. The words are DynamoDB's. */
export function refuseNumericPrefix(expression: string, input: JsonObject): void {
  const values = objectAt(input, 'ExpressionAttributeValues') ?? {};
  const tokens = tokensOf(expression);
  const start = tokens.findIndex((token) => token.toLowerCase() === 'begins_with');
  const value = start < 0 ? undefined : values[tokens[start + 4] ?? ''];
  if (isObject(value) && 'N' in value) {
    throw validation(
      'Invalid KeyConditionExpression: Incorrect operand type for operator or function; ' +
        'operator or function: begins_with, operand type: N',
    );
  }
}
