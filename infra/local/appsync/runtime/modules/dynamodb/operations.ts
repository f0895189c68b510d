import type { Fields } from '../primordials.ts';

export type OperationType =
  | 'OPERATION_ADD'
  | 'OPERATION_REMOVE'
  | 'OPERATION_REPLACE'
  | 'OPERATION_INCREMENT'
  | 'OPERATION_DECREMENT'
  | 'OPERATION_APPEND'
  | 'OPERATION_PREPEND'
  | 'OPERATION_UPDATE_LIST_ITEM';

export interface Operation extends Fields {
  readonly type: OperationType;
}

/** Operations that resolver code made, known by identity: an argument that looks like an operation is data. */
const made = new WeakSet<object>();

export function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && made.has(value);
}

function make(type: OperationType, fields: Fields): Operation {
  const operation: Operation = { type, ...fields };
  made.add(operation);
  return operation;
}

/** What an update does to an attribute, other than setting it. */
export const operations = {
  add: (value: unknown) => make('OPERATION_ADD', { value }),
  remove: () => make('OPERATION_REMOVE', {}),
  replace: (value: unknown) => make('OPERATION_REPLACE', { value }),
  increment: (by: number = 1) => make('OPERATION_INCREMENT', { by }),
  decrement: (by: number = 1) => make('OPERATION_DECREMENT', { by }),
  append: (items: unknown) => make('OPERATION_APPEND', { items }),
  prepend: (items: unknown) => make('OPERATION_PREPEND', { items }),
  updateListItem: (value: unknown, index: number) => make('OPERATION_UPDATE_LIST_ITEM', { value, index }),
};
