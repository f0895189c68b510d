import type { JsonObject } from '../../service.ts';

export function tagsOf({ Tags = [] }: JsonObject): Record<string, string> {
  return Object.fromEntries((Tags as readonly JsonObject[]).map(({ Key, Value }) => [String(Key), String(Value)]));
}
