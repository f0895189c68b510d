import { isFields, type Fields } from '../primordials.ts';
import { codeError } from '../signals.ts';
import { isSet } from '../util/dynamodb.ts';
import { createPlaceholders, type Placeholders } from './names.ts';
import { isOperation, type Operation } from './operations.ts';

interface Clauses {
  readonly set: string[];
  readonly remove: string[];
  readonly placeholders: Placeholders;
}

/** The update expression of an object of new values and operations. */
export function renderUpdate(update: unknown): Fields {
  if (!isFields(update)) throw codeError('update: expected an object of attributes to update');
  const clauses: Clauses = { set: [], remove: [], placeholders: createPlaceholders() };
  renderFields(update, '', clauses);
  const parts: string[] = [];
  if (clauses.set.length > 0) parts.push(`SET ${clauses.set.join(', ')}`);
  if (clauses.remove.length > 0) parts.push(`REMOVE ${clauses.remove.join(', ')}`);
  if (parts.length === 0) throw codeError('update: there is nothing to update');
  const { names, values } = clauses.placeholders;
  const rendered: Fields = { expression: parts.join(' '), expressionNames: names };
  if (Object.keys(values).length > 0) rendered.expressionValues = values;
  return rendered;
}

function renderFields(fields: Fields, parent: string, clauses: Clauses): void {
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    // An attribute that was left out is left as it is; null is a value.
    if (value === undefined) continue;
    const path = `${parent}${clauses.placeholders.name(name)}`;
    if (isOperation(value)) renderOperation(path, value, clauses);
    else if (Array.isArray(value) && value.some(isOperation)) renderListItems(path, value, clauses);
    // Only the keys that are there change; operations.replace changes all of it.
    else if (isFields(value) && !isSet(value)) renderFields(value, `${path}.`, clauses);
    else clauses.set.push(`${path} = ${clauses.placeholders.value(value)}`);
  }
}

function renderOperation(path: string, operation: Operation, { set, remove, placeholders }: Clauses): void {
  const value = (given: unknown) => placeholders.value(given);
  switch (operation.type) {
    case 'OPERATION_ADD':
    case 'OPERATION_REPLACE':
      return void set.push(`${path} = ${value(operation.value)}`);
    case 'OPERATION_REMOVE':
      return void remove.push(path);
    case 'OPERATION_INCREMENT':
      return void set.push(`${path} = ${path} + ${value(operation.by)}`);
    case 'OPERATION_DECREMENT':
      return void set.push(`${path} = ${path} - ${value(operation.by)}`);
    case 'OPERATION_APPEND':
      return void set.push(`${path} = list_append(${path}, ${value(operation.items)})`);
    case 'OPERATION_PREPEND':
      return void set.push(`${path} = list_append(${value(operation.items)}, ${path})`);
    case 'OPERATION_UPDATE_LIST_ITEM':
      return void set.push(`${path}[${requireIndex(operation.index)}] = ${value(operation.value)}`);
  }
}

function renderListItems(path: string, items: readonly unknown[], clauses: Clauses): void {
  for (const item of items) {
    if (!isOperation(item) || item.type !== 'OPERATION_UPDATE_LIST_ITEM')
      throw codeError('update: a list of operations may hold operations.updateListItem only');
    renderOperation(path, item, clauses);
  }
}

function requireIndex(index: unknown): number {
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0)
    throw codeError(`operations.updateListItem: got the index ${String(index)}`);
  return index;
}
