import { isFields, type Fields } from '../primordials.ts';
import { toDynamoDB } from '../util/dynamodb.ts';

/** An expression with its names and values, as AppSync's DynamoDB requests carry them. */
export interface Expression {
  expression: string;
  expressionNames: Record<string, string>;
  expressionValues: Fields;
}

const comparisons: Readonly<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };

const calls: Readonly<Record<string, string>> = {
  contains: 'contains',
  notContains: 'NOT contains',
  beginsWith: 'begins_with',
};

const typeCodes: Readonly<Record<string, string>> = {
  _null: 'NULL',
  string: 'S',
  stringSet: 'SS',
  number: 'N',
  numberSet: 'NS',
  binary: 'B',
  binarySet: 'BS',
  boolean: 'BOOL',
  list: 'L',
  map: 'M',
};

/** A filter that cannot be rendered: AppSync answers it with null. */
class NotRenderable extends Error {}

/** The expression of a filter or condition object; null for what is none. */
export function renderExpression(filter: unknown): Expression | null {
  const output: Expression = { expression: '', expressionNames: {}, expressionValues: {} };
  try {
    output.expression = renderFields(requireFields(filter), '', output).join(' AND ');
    return output;
  } catch (error) {
    if (error instanceof NotRenderable) return null;
    throw error;
  }
}

/** @param prefix - of value names, which say where in the filter a value stands: `and_0_` */
function renderFields(filter: Fields, prefix: string, output: Expression): string[] {
  return Object.keys(filter).map((name) => {
    const value = filter[name];
    if (name === 'and' || name === 'or') return renderGroup(name, value, prefix, output);
    if (name === 'not') return `(NOT ${wrap(renderFields(requireFields(value), `${prefix}not_`, output), ' AND ')})`;
    output.expressionNames[`#${name}`] = name;
    return wrap(renderOperators(requireFields(value), `#${name}`, `:${prefix}${name}_`, output), ' AND ');
  });
}

function renderGroup(name: 'and' | 'or', members: unknown, prefix: string, output: Expression): string {
  if (!Array.isArray(members)) throw new NotRenderable();
  const rendered = members.map((member: unknown, index) =>
    wrap(renderFields(requireFields(member), `${prefix}${name}_${index}_`, output), ' AND '),
  );
  return wrap(rendered, name === 'and' ? ' AND ' : ' OR ');
}

/** What is one stands as it is, so that nothing is bracketed twice. */
function wrap(parts: readonly string[], joiner: string): string {
  return parts.length > 1 ? `(${parts.join(joiner)})` : parts[0] ?? '';
}

function renderOperators(operators: Fields, operand: string, valueName: string, output: Expression): string[] {
  return Object.keys(operators).map((operator) => {
    const value = operators[operator];
    const bind = (name: string, bound: unknown): string => {
      output.expressionValues[name] = toDynamoDB(bound);
      return name;
    };
    if (Object.hasOwn(comparisons, operator))
      return `(${operand} ${comparisons[operator]} ${bind(`${valueName}${operator}`, value)})`;
    if (Object.hasOwn(calls, operator))
      return `(${calls[operator]}(${operand},${bind(`${valueName}${operator}`, value)}))`;
    switch (operator) {
      case 'between': {
        if (!Array.isArray(value) || value.length < 2) throw new NotRenderable();
        const [start, end] = value as unknown[];
        return `(${operand} BETWEEN ${bind(`${valueName}between_start`, start)} AND ${bind(
          `${valueName}between_end`,
          end,
        )})`;
      }
      case 'in': {
        if (!Array.isArray(value)) throw new NotRenderable();
        if (value.length === 0) return '(null)';
        return `(${operand} IN (${value.map((each, index) => bind(`${valueName}in_${index}`, each)).join(', ')}))`;
      }
      case 'attributeExists':
        if (typeof value !== 'boolean') throw new NotRenderable();
        return `(${value ? 'attribute_exists' : 'attribute_not_exists'}(${operand}))`;
      case 'attributeType':
        if (typeof value !== 'string' || !Object.hasOwn(typeCodes, value)) throw new NotRenderable();
        return `(attribute_type(${operand},${bind(`${valueName}attributeType`, typeCodes[value])}))`;
      case 'size': {
        const sized = operand.startsWith('size(') ? operand : `size(${operand})`;
        return wrap(renderOperators(requireFields(value), sized, `${valueName}size_`, output), ' AND ');
      }
      default:
        throw new NotRenderable();
    }
  });
}

function requireFields(value: unknown): Fields {
  if (!isFields(value)) throw new NotRenderable();
  return value;
}
