import type { Json, JsonObject } from '../../../service.ts';
import { badRequestObject } from '../../execution/field-failure.ts';
import { requireList, requireObject } from '../request-object.ts';

/**
 * A typed value as resolver code makes it, `{N: 10}` or `{NULL: null}`, as DynamoDB's wire wants it. What the built-in
 * helpers make are numbers; what code writes by hand may be texts.
 */
export function toWireValue(value: Json, path: string): JsonObject {
  const typed = requireObject(value, path);
  const [entry, another] = Object.entries(typed);
  if (!entry || another) throw badRequestObject(`Value for field '$[${path}]' must have one type descriptor.`);
  const [type, content] = entry;
  switch (type) {
    case 'S':
    case 'B':
      if (typeof content !== 'string') throw badRequestObject(`Value for field '$[${path}][${type}]' is not a text.`);
      return typed;
    case 'BOOL':
      if (typeof content !== 'boolean') throw badRequestObject(`Value for field '$[${path}][BOOL]' is not a boolean.`);
      return typed;
    case 'NULL':
      return { NULL: true };
    case 'N':
      return { N: toNumberText(content, path) };
    case 'NS':
      return { NS: requireList(content, path).map((number) => toNumberText(number, path)) };
    case 'SS':
    case 'BS':
      requireList(content, path);
      return typed;
    case 'L':
      return { L: requireList(content, path).map((entry, index) => toWireValue(entry, `${path}][${index}`)) };
    case 'M':
      return { M: toWireMap(content, path) };
    default:
      throw badRequestObject(`Value for field '$[${path}]' has the type descriptor '${type}', which does not exist.`);
  }
}

/** An item, a key, or the values of an expression. */
export function toWireMap(values: Json, path: string): JsonObject {
  return mapMembers(requireObject(values, path), (value, name) => toWireValue(value, `${path}][${name}`));
}

function toNumberText(value: Json, path: string): string {
  if ((typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && value !== '')) {
    return String(value);
  }
  throw badRequestObject(`Value for field '$[${path}][N]' is not a number.`);
}

/** A wire value as plain JSON, as resolver code reads it. */
export function fromWireValue(value: Json): Json {
  const typed = value as JsonObject;
  const [type] = Object.keys(typed);
  if (type === undefined) return null;
  const content = typed[type] ?? null;
  switch (type) {
    case 'N':
      return Number(content);
    case 'NULL':
      return null;
    case 'NS':
      return (content as readonly Json[]).map(Number);
    case 'L':
      return (content as readonly Json[]).map(fromWireValue);
    case 'M':
      return fromWireItem(content);
    default:
      return content;
  }
}

export function fromWireItem(item: Json): JsonObject {
  return mapMembers(item as JsonObject, fromWireValue);
}

/**
 * By a loop: every attribute of every item passes here, and lists of pairs take twice as long. What would be a prototype is
 * left out, as it is of all that resolver code is given.
 */
function mapMembers(object: JsonObject, map: (value: Json, name: string) => Json): JsonObject {
  const mapped: Record<string, Json> = {};
  for (const name of Object.keys(object)) if (name !== '__proto__') mapped[name] = map(object[name] ?? null, name);
  return mapped;
}

export function fromWireItemOrNull(item: Json | undefined): JsonObject | null {
  return item === undefined || item === null ? null : fromWireItem(item);
}

/** An item without some of its attributes. */
export function without(item: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.has(name)));
}
