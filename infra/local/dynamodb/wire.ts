import { AwsError } from '../errors.ts';
import type { Json, JsonObject } from '../service.ts';

/** Reads members of a request; a member of another kind is refused as DynamoDB refuses it. */
export function textAt(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw unexpected(name, value, 'a text');
}

export function objectAt(input: JsonObject, name: string): JsonObject | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return value;
  throw unexpected(name, value, 'a map');
}

export function listAt(input: JsonObject, name: string): readonly Json[] {
  const value = input[name];
  if (value === undefined || value === null) return [];
  if (isList(value)) return value;
  throw unexpected(name, value, 'a list');
}

export function objectsAt(input: JsonObject, name: string): JsonObject[] {
  return listAt(input, name).map((value) => {
    if (isObject(value)) return value;
    throw unexpected(name, value, 'a list of maps');
  });
}

export function requiredObject(input: JsonObject, name: string): JsonObject {
  const value = objectAt(input, name);
  if (value) return value;
  throw validation(`The parameter '${name}' is required but was not present in the request`);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value without some of its members. */
export function omit(value: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function unexpected(name: string, value: Json, expected: string): AwsError {
  return new AwsError('SerializationException', `${name} is ${typeof value}: expected ${expected}`);
}
