import type { Json, JsonObject } from '../../../service.ts';
import type { TableNames } from '../../names.ts';
import { requiredObject, validation } from '../../wire.ts';

/** `RequestItems` of a batch with the tables by name. */
export function requestItems(names: TableNames, input: JsonObject): [string, Json][] {
  const entries = Object.entries(requiredObject(input, 'RequestItems')).map(([nameOrArn, requests]): [string, Json] => [
    names.resolve(nameOrArn),
    requests,
  ]);
  if (new Set(entries.map(([table]) => table)).size < entries.length) {
    throw validation('RequestItems names a table twice, by name and by ARN');
  }
  return entries;
}
