import type { JsonObject } from '../../service.ts';
import { listAt, objectAt, textAt } from '../wire.ts';
import { tokensOf } from './tokens.ts';

const expressions = [
  'ProjectionExpression',
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
  'UpdateExpression',
];
/** Members of the API before expressions whose keys are attributes. */
const legacyMaps = ['AttributeUpdates', 'Expected', 'KeyConditions', 'QueryFilter', 'ScanFilter'];
const keywords = new Set(['and', 'or', 'not', 'between', 'in', 'set', 'remove', 'add', 'delete']);

/** The top-level attributes that a request names: the values of `dynamodb:Attributes`. */
export function attributesNamed(input: JsonObject): string[] {
  const names = objectAt(input, 'ExpressionAttributeNames') ?? {};
  const found = new Set<string>();
  for (const member of expressions) {
    for (const token of topLevelNames(textAt(input, member) ?? '')) {
      const name = token.startsWith('#') ? names[token] : token;
      if (typeof name === 'string') found.add(name);
    }
  }
  for (const member of ['Key', 'Item']) for (const name of Object.keys(objectAt(input, member) ?? {})) found.add(name);
  for (const member of legacyMaps) for (const name of Object.keys(objectAt(input, member) ?? {})) found.add(name);
  for (const name of listAt(input, 'AttributesToGet')) if (typeof name === 'string') found.add(name);
  return [...found];
}

/** Programs send the same few expressions with other values: each is read once. */
const known = new Map<string, readonly string[]>();
const mostKnown = 1000;

function topLevelNames(expression: string): readonly string[] {
  if (expression === '') return [];
  const before = known.get(expression);
  if (before) return before;
  const names = readTopLevelNames(expression);
  if (known.size >= mostKnown) known.clear();
  known.set(expression, names);
  return names;
}

function readTopLevelNames(expression: string): string[] {
  const tokens = tokensOf(expression);
  return tokens.filter((token, index) => {
    if (!/^[#A-Za-z_]/.test(token) || keywords.has(token.toLowerCase())) return false;
    // Below a dot is a nested attribute, before a parenthesis a function.
    return tokens[index - 1] !== '.' && tokens[index + 1] !== '(';
  });
}
