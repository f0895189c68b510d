import { AwsError } from '../../errors.ts';
import type { Json, JsonObject } from '../../service.ts';
import { evaluateCondition } from './conditions.ts';
import { isList, isObject, type Template } from './model.ts';
import { substitute } from './substitution.ts';

/** What the names in a template stand for while it is evaluated. */
export interface Scope {
  readonly template: Template;
  readonly region: string;
  /** A parameter, a pseudo parameter or a resource; `undefined` is AWS::NoValue. */
  reference(name: string): Json | undefined;
  attribute(logicalId: string, name: string): Json;
  condition(name: string): boolean;
  importedValue(exportName: string): Json;
}

type Intrinsic = (argument: Json, scope: Scope) => Json | undefined;

/** The intrinsic function that an object is a call of: `{"Fn::Join": […]}`. */
export function intrinsicOf(value: JsonObject): { readonly name: string; readonly argument: Json } | undefined {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  if (name !== 'Ref' && !name.startsWith('Fn::')) return undefined;
  return { name, argument: value[name] as Json };
}

/**
 * Replaces every intrinsic in a value by what it stands for; `undefined` for AWS::NoValue, which removes its member.
 * Source: CloudFormation Template Reference, "Intrinsic function reference".
 */
export function resolveValue(value: Json, scope: Scope): Json | undefined {
  if (isList(value)) return value.map((item) => resolveValue(item, scope)).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  const call = intrinsicOf(value);
  if (!call) {
    const result: Record<string, Json> = {};
    for (const [name, item] of Object.entries(value)) {
      const resolved = resolveValue(item, scope);
      if (resolved !== undefined) result[name] = resolved;
    }
    return result;
  }
  return intrinsicNamed(call.name)(call.argument, scope);
}

/** Throws `ValidationError` for a function that is not here. */
export function intrinsicNamed(name: string): Intrinsic {
  const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  if (intrinsic) return intrinsic;
  throw templateError(
    `the function ${name} is not supported here, expected one of ${Object.keys(intrinsics).join(', ')}`,
  );
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.reference(text(argument, 'Ref')),

  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, attribute] = attributeReference(argument);
    return scope.attribute(logicalId, text(resolveValue(attribute, scope), 'Fn::GetAtt'));
  },

  'Fn::Sub': (argument, scope) => {
    const [template, names] = isList(argument) ? [argument[0], argument[1]] : [argument, undefined];
    if (names !== undefined && !isObject(names)) throw templateError('the second argument of Fn::Sub is not an object');
    return substitute(text(template, 'Fn::Sub'), (name) => {
      const given = names?.[name];
      if (given !== undefined) return scalar(resolveValue(given, scope), `Fn::Sub ${name}`);
      const at = name.indexOf('.');
      const value = at < 0 ? scope.reference(name) : scope.attribute(name.slice(0, at), name.slice(at + 1));
      return scalar(value, `Fn::Sub ${name}`);
    });
  },

  'Fn::Join': (argument, scope) => {
    const [separator, items] = pair(argument, 'Fn::Join');
    const parts = list(resolveValue(items, scope), 'Fn::Join');
    return parts.map((item) => scalar(item, 'Fn::Join')).join(text(separator, 'Fn::Join'));
  },

  'Fn::Select': (argument, scope) => {
    const [index, items] = pair(argument, 'Fn::Select');
    const values = list(resolveValue(items, scope), 'Fn::Select');
    const at = Number(resolveValue(index, scope));
    const value = Number.isInteger(at) ? values[at] : undefined;
    if (value === undefined) throw templateError(`Fn::Select cannot select nonexistent value at index ${at}`);
    return value;
  },

  'Fn::Split': (argument, scope) => {
    const [separator, source] = pair(argument, 'Fn::Split');
    return scalar(resolveValue(source, scope), 'Fn::Split').split(text(separator, 'Fn::Split'));
  },

  'Fn::If': (argument, scope) => resolveValue(chosenBranch(argument, scope.condition), scope),

  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second, options] = list(argument, 'Fn::FindInMap').map((item) => resolveValue(item, scope));
    const names = [map, first, second].map((name) => text(name, 'Fn::FindInMap')) as [string, string, string];
    const found = scope.template.mappings[names[0]]?.[names[1]]?.[names[2]];
    if (found !== undefined) return found;
    const otherwise = isObject(options) ? options['DefaultValue'] : undefined;
    if (otherwise === undefined) throw templateError(`Unable to get mapping for ${names.join('::')}`);
    return otherwise;
  },

  'Fn::ImportValue': (argument, scope) => scope.importedValue(text(resolveValue(argument, scope), 'Fn::ImportValue')),
  'Fn::Base64': (argument, scope) =>
    Buffer.from(scalar(resolveValue(argument, scope), 'Fn::Base64')).toString('base64'),
  'Fn::Length': (argument, scope) => list(resolveValue(argument, scope), 'Fn::Length').length,
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolveValue(argument, scope)),

  'Fn::GetAZs': (argument, scope) => {
    const region = text(resolveValue(argument, scope) ?? '', 'Fn::GetAZs') || scope.region;
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  },

  'Fn::Equals': (argument, scope) => evaluateCondition({ 'Fn::Equals': argument }, scope),
  'Fn::And': (argument, scope) => evaluateCondition({ 'Fn::And': argument }, scope),
  'Fn::Or': (argument, scope) => evaluateCondition({ 'Fn::Or': argument }, scope),
  'Fn::Not': (argument, scope) => evaluateCondition({ 'Fn::Not': argument }, scope),
};

/** The branch of an Fn::If that its condition chooses. */
export function chosenBranch(argument: Json, condition: (name: string) => boolean): Json {
  const [name, whenTrue, whenFalse, ...more] = list(argument, 'Fn::If');
  if (whenTrue === undefined || whenFalse === undefined || more.length > 0)
    throw templateError('Fn::If requires a list of three');
  return condition(text(name, 'Fn::If')) ? whenTrue : whenFalse;
}

/** Both forms of Fn::GetAtt: `["Name", "Attribute"]` and `"Name.Attribute"`. */
export function attributeReference(argument: Json): [string, Json] {
  if (typeof argument === 'string') {
    const at = argument.indexOf('.');
    return [argument.slice(0, at), argument.slice(at + 1)];
  }
  const [logicalId, attribute] = pair(argument, 'Fn::GetAtt');
  return [text(logicalId, 'Fn::GetAtt'), attribute];
}

function pair(argument: Json, name: string): [Json, Json] {
  const [first, second, ...more] = list(argument, name);
  if (first === undefined || second === undefined || more.length > 0)
    throw templateError(`${name} requires a list of two`);
  return [first, second];
}

function list(value: Json | undefined, name: string): readonly Json[] {
  if (isList(value)) return value;
  throw templateError(`${name} got ${JSON.stringify(value)}, expected a list`);
}

function text(value: Json | undefined, name: string): string {
  if (typeof value === 'string') return value;
  throw templateError(`${name} got ${JSON.stringify(value)}, expected a string`);
}

function scalar(value: Json | undefined, name: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw templateError(`${name} got ${JSON.stringify(value)}, expected a string, a number or a boolean`);
}

export function templateError(detail: string): AwsError {
  return new AwsError('ValidationError', `Template error: ${detail}`);
}
