import type { JsonObject } from '../../service.ts';
import type { Operation } from './execute-operation.ts';
import { selectedFields, withFieldNames } from './selection.ts';
import type { Json } from '../../service.ts';

export interface MutatedField {
  readonly name: string;
  /** What the mutation selected, by the names of the fields. */
  readonly value: Json;
}

/** The fields of a mutation that answered something: what is published to those who subscribe to them. */
export function mutatedFields(operation: Operation, data: JsonObject | null): MutatedField[] {
  if (operation.node.operation !== 'mutation' || data === null) return [];
  const scope = { fragments: operation.document.fragments, variables: operation.variables };
  const fields = selectedFields([operation.node.selectionSet], scope);
  const keys = new Set(fields.map((field) => (field.alias ?? field.name).value));
  return [...keys].flatMap((key) => {
    const sameKey = fields.filter((field) => (field.alias ?? field.name).value === key);
    const value = data[key];
    const name = sameKey[0]?.name.value;
    if (value === null || value === undefined || name === undefined) return [];
    return [{ name, value: withFieldNames(value, sameKey, scope) }];
  });
}
