import { isFields, type Fields } from '../primordials.ts';
import { codeError } from '../signals.ts';
import { renderExpression } from '../transform/expression.ts';
import { toMapValues } from '../util/dynamodb.ts';
import { createPlaceholders, type Placeholders } from './names.ts';
import { renderUpdate } from './update-expression.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/built-in-modules-js.html#built-in-ddb-modules */

export function get(input: unknown): Fields {
  const { key, consistentRead, projection } = requireInput(input, 'get');
  return compact({
    operation: 'GetItem',
    key: requireKey(key, 'get'),
    consistentRead,
    projection: renderProjection(projection, createPlaceholders()),
  });
}

export function put(input: unknown): Fields {
  const { key, item, condition, ...rest } = requireInput(input, 'put');
  return compact({
    operation: 'PutItem',
    key: requireKey(key, 'put'),
    attributeValues: toMapValues(requireInput(item, 'put: item')),
    condition: renderFilter(condition, 'condition'),
    ...versioning(rest),
  });
}

export function update(input: unknown): Fields {
  const { key, update: changes, condition, ...rest } = requireInput(input, 'update');
  return compact({
    operation: 'UpdateItem',
    key: requireKey(key, 'update'),
    update: renderUpdate(changes),
    condition: renderFilter(condition, 'condition'),
    ...versioning(rest),
  });
}

export function remove(input: unknown): Fields {
  const { key, condition, ...rest } = requireInput(input, 'remove');
  return compact({
    operation: 'DeleteItem',
    key: requireKey(key, 'remove'),
    condition: renderFilter(condition, 'condition'),
    ...versioning(rest),
  });
}

export function query(input: unknown): Fields {
  const { query: keys, filter, projection, index, nextToken, limit, ...rest } = requireInput(input, 'query');
  const placeholders = createPlaceholders();
  return compact({
    operation: 'Query',
    query: renderKeyCondition(keys, placeholders),
    index,
    nextToken,
    limit,
    scanIndexForward: rest.scanIndexForward,
    consistentRead: rest.consistentRead,
    select: rest.select,
    filter: renderFilter(filter, 'filter'),
    projection: renderProjection(projection, placeholders),
  });
}

export function scan(input: unknown): Fields {
  const { filter, projection, index, nextToken, limit, ...rest } = requireInput(input ?? {}, 'scan');
  return compact({
    operation: 'Scan',
    index,
    nextToken,
    limit,
    consistentRead: rest.consistentRead,
    totalSegments: rest.totalSegments,
    segment: rest.segment,
    select: rest.select,
    filter: renderFilter(filter, 'filter'),
    projection: renderProjection(projection, createPlaceholders()),
  });
}

export function sync(input: unknown): Fields {
  const { filter, basePartitionKey, deltaIndexName, limit, nextToken, lastSync } = requireInput(input ?? {}, 'sync');
  return compact({
    operation: 'Sync',
    basePartitionKey,
    deltaIndexName,
    limit,
    nextToken,
    lastSync,
    filter: renderFilter(filter, 'filter'),
  });
}

/** The conditions on a key: one operator each, joined. */
function renderKeyCondition(keys: unknown, placeholders: Placeholders): Fields {
  const operators: Readonly<Record<string, string>> = { eq: '=', lt: '<', le: '<=', gt: '>', ge: '>=' };
  const parts: string[] = [];
  const fields = requireInput(keys, 'query: query');
  for (const name of Object.keys(fields)) {
    const conditions = requireInput(fields[name], `query: ${name}`);
    for (const operator of Object.keys(conditions)) {
      const value = conditions[operator];
      const attribute = placeholders.name(name);
      if (Object.hasOwn(operators, operator))
        parts.push(`${attribute} ${operators[operator]} ${placeholders.value(value)}`);
      else if (operator === 'beginsWith') parts.push(`begins_with(${attribute}, ${placeholders.value(value)})`);
      else if (operator === 'between' && Array.isArray(value) && value.length === 2)
        parts.push(`${attribute} BETWEEN ${placeholders.value(value[0])} AND ${placeholders.value(value[1])}`);
      else throw codeError(`query: ${operator} is no operator of a key condition, or has no fit value`);
    }
  }
  if (parts.length === 0) throw codeError('query: expected a condition on the partition key');
  return {
    expression: parts.join(' AND '),
    // A copy: a projection of the same request goes on numbering.
    expressionNames: { ...placeholders.names },
    expressionValues: { ...placeholders.values },
  };
}

/** A filter or a condition; undefined for none. */
export function renderFilter(filter: unknown, name: string): Fields | undefined {
  if (filter === undefined || filter === null) return undefined;
  const rendered = renderExpression(filter);
  if (rendered === null) throw codeError(`The ${name} cannot be read: ${JSON.stringify(filter)}`);
  if (rendered.expression === '') return undefined;
  return compact({
    expression: rendered.expression,
    expressionNames: rendered.expressionNames,
    expressionValues: Object.keys(rendered.expressionValues).length > 0 ? rendered.expressionValues : undefined,
  });
}

export function renderProjection(paths: unknown, placeholders: Placeholders): Fields | undefined {
  if (paths === undefined || paths === null) return undefined;
  if (!Array.isArray(paths)) throw codeError('projection: expected a list of attributes');
  const before = Object.keys(placeholders.names).length;
  const expression = paths.map((path) => placeholders.path(String(path))).join(', ');
  const used = Object.keys(placeholders.names).filter(
    (name, index) => index >= before || expression.split(', ').some((path) => path.split(/[.[]/).indexOf(name) >= 0),
  );
  const expressionNames: Fields = {};
  for (const name of used) expressionNames[name] = placeholders.names[name];
  return { expression, expressionNames };
}

export function requireKey(key: unknown, caller: string): Fields {
  return toMapValues(requireInput(key, `${caller}: key`));
}

export function requireInput(input: unknown, name: string): Fields {
  if (!isFields(input)) throw codeError(`${name}: expected an object, got ${JSON.stringify(input) ?? 'undefined'}`);
  return input;
}

function versioning({ customPartitionKey, populateIndexFields, _version }: Fields): Fields {
  return { customPartitionKey, populateIndexFields, _version };
}

/** Without what is absent. */
export function compact(fields: Fields): Fields {
  const kept: Fields = {};
  for (const name of Object.keys(fields))
    if (fields[name] !== undefined && fields[name] !== null) kept[name] = fields[name];
  return kept;
}
