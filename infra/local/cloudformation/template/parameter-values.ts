import { AwsError } from '../../errors.ts';
import type { Json, Parameters } from '../../service.ts';
import type { ParameterDeclaration, Template } from './model.ts';

export interface ParameterValue {
  /** As given, or the default: for an SSM type, the name of the SSM parameter. */
  readonly given: string;
  /** What Ref answers. */
  readonly value: string | readonly string[];
}

const plainTypes = new Set([
  'String',
  'Number',
  'CommaDelimitedList',
  'List<Number>',
  'List<String>',
  'AWS::SSM::Parameter::Name',
]);
const fromStore = /^AWS::SSM::Parameter::Value<(.+)>$/;

/** Values of all of a template's parameters, checked. Source: CloudFormation User Guide, "Parameters syntax". */
export function resolveParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  store: Pick<Parameters, 'get'>,
): Record<string, ParameterValue> {
  const stray = Object.keys(given).filter((name) => !Object.hasOwn(template.parameters, name));
  if (stray.length > 0) throw invalid(`Parameters: [${stray.join(', ')}] do not exist in the template`);
  const declared = Object.entries(template.parameters);
  const missing = declared
    .filter(([name, { Default }]) => given[name] === undefined && Default === undefined)
    .map(([name]) => name);
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  return Object.fromEntries(
    declared.map(([name, declaration]) => [
      name,
      resolveParameter(name, declaration, given[name] ?? String(declaration.Default), store),
    ]),
  );
}

function resolveParameter(
  name: string,
  declaration: ParameterDeclaration,
  given: string,
  store: Pick<Parameters, 'get'>,
): ParameterValue {
  const stored = fromStore.exec(declaration.Type)?.[1];
  const type = stored ?? declaration.Type;
  if (!plainTypes.has(type))
    throw invalid(`Parameter ${name} has the type ${declaration.Type}, which is not supported here`);
  check(name, declaration, given);
  const text = stored === undefined ? given : store.get(given);
  if (text === undefined) throw invalid(`Unable to fetch parameters [${given}] from parameter store for this account.`);
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  const value = isList ? splitList(text) : text;
  if (type === 'Number' || type === 'List<Number>') {
    for (const item of isList ? (value as readonly string[]) : [text]) {
      if (item === '' || !Number.isFinite(Number(item)))
        throw invalid(`Parameter '${name}' must be a number, got ${JSON.stringify(item)}.`);
    }
  }
  return { given, value };
}

function check(name: string, declaration: ParameterDeclaration, given: string): void {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue, ConstraintDescription } =
    declaration;
  const refuse = (constraint: string): never => {
    throw invalid(`Parameter ${name} failed to satisfy constraint: ${ConstraintDescription ?? constraint}`);
  };
  const items =
    declaration.Type === 'CommaDelimitedList' || declaration.Type.startsWith('List<') ? splitList(given) : [given];
  for (const item of items) {
    if (AllowedValues && !AllowedValues.some((allowed: Json) => String(allowed) === item)) {
      refuse(`Member must satisfy enum value set: [${AllowedValues.join(', ')}]`);
    }
    if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(item)) {
      refuse(`Member must satisfy regular expression pattern: ${AllowedPattern}`);
    }
    if (MinLength !== undefined && item.length < Number(MinLength))
      refuse(`Member must have length greater than or equal to ${MinLength}`);
    if (MaxLength !== undefined && item.length > Number(MaxLength))
      refuse(`Member must have length less than or equal to ${MaxLength}`);
    if (MinValue !== undefined && Number(item) < Number(MinValue))
      refuse(`Member must be greater than or equal to ${MinValue}`);
    if (MaxValue !== undefined && Number(item) > Number(MaxValue))
      refuse(`Member must be less than or equal to ${MaxValue}`);
  }
}

function splitList(text: string): string[] {
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
