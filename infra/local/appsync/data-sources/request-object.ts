import type { Json, JsonObject } from '../../service.ts';
import { badRequestObject } from '../execution/field-failure.ts';

/** @throws FieldFailure `MappingTemplate` if it is no object or has members that nobody knows */
export function requireObject(value: Json | undefined, path: string, members?: readonly string[]): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequestObject(`Value for field '$[${path}]' not found or not an object.`);
  }
  const object = value as JsonObject;
  const unknown = members && Object.keys(object).find((name) => !members.includes(name) && object[name] !== null);
  if (unknown !== undefined)
    throw badRequestObject(`Unsupported element '$[${path === '' ? unknown : `${path}][${unknown}`}]'.`);
  return object;
}

export function requireText(value: Json | undefined, path: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw badRequestObject(`Value for field '$[${path}]' not found or not a text.`);
}

export function requireList(value: Json | undefined, path: string): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  throw badRequestObject(`Value for field '$[${path}]' not found or not a list.`);
}

/** An optional member of which null means that it is absent. */
export function optional<Value>(value: Json | undefined, read: (value: Json) => Value): Value | undefined {
  return value === undefined || value === null ? undefined : read(value);
}
