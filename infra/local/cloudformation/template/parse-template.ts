import { type CollectionTag, parse, type ScalarTag, type YAMLMap, type YAMLSeq } from 'yaml';
import { AwsError } from '../../errors.ts';
import type { Json, JsonObject } from '../../service.ts';
import {
  isObject,
  type OutputDeclaration,
  type ParameterDeclaration,
  type RemovalPolicy,
  type ResourceDeclaration,
  type Rule,
  type Template,
} from './model.ts';

const sections = new Set(
  'AWSTemplateFormatVersion Description Metadata Parameters Rules Mappings Conditions Resources Outputs'.split(' '),
);
const resourceMembers = new Set(
  'Type Properties DependsOn Condition DeletionPolicy UpdateReplacePolicy Metadata'.split(' '),
);
const removalPolicies: ReadonlySet<string> = new Set<RemovalPolicy>(['Delete', 'Retain', 'RetainExceptOnCreate']);

/** Source: CloudFormation User Guide, "CloudFormation quotas". */
const mostResources = 500;

/** Reads a template's JSON or YAML (with short-form tags). Throws `ValidationError` naming what it cannot take. */
export function parseTemplate(text: string): Template {
  const root = parseText(text);
  if (!isObject(root)) throw formatError('the template is not an object');
  const unknown = Object.keys(root).find((name) => !sections.has(name));
  if (unknown !== undefined) {
    throw formatError(
      `the section ${unknown} is not supported${unknown === 'Transform' ? ': macros cannot run here' : ''}`,
    );
  }
  const resources = section(root, 'Resources');
  const count = Object.keys(resources).length;
  if (count === 0) throw formatError('At least one Resources member must be defined.');
  if (count > mostResources)
    throw formatError(`Number of resources, ${count}, is greater than maximum allowed, ${mostResources}`);
  return {
    description: typeof root['Description'] === 'string' ? root['Description'] : undefined,
    metadata: section(root, 'Metadata'),
    parameters: mapValues(section(root, 'Parameters'), readParameter),
    rules: mapValues(section(root, 'Rules'), readRule),
    mappings: section(root, 'Mappings') as Template['mappings'],
    conditions: section(root, 'Conditions'),
    resources: mapValues(resources, readResource),
    outputs: mapValues(section(root, 'Outputs'), readOutput),
  };
}

function parseText(text: string): Json {
  try {
    if (text.trimStart().startsWith('{')) return JSON.parse(text) as Json;
    return parse(text, { customTags: shortForms, maxAliasCount: 100, schema: 'core', logLevel: 'error' }) as Json;
  } catch (error) {
    throw formatError(error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error));
  }
}

/** `!Sub x` is `{"Fn::Sub": "x"}`; `!GetAtt A.B` is a list of two. */
const shortForms: (ScalarTag | CollectionTag)[] = [
  ...'Base64 Cidr FindInMap GetAZs If Equals And Or Not ImportValue Join Select Split Sub Length ToJsonString Transform GetAtt Ref Condition Contains EachMemberIn EachMemberEquals'
    .split(' ')
    .flatMap((name): (ScalarTag | CollectionTag)[] => {
      const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
      const fromText = (value: string): JsonObject => ({ [key]: name === 'GetAtt' ? splitOnce(value) : value });
      const fromNode = (node: YAMLMap | YAMLSeq): JsonObject => ({ [key]: node.toJSON() as Json });
      return [
        { tag: `!${name}`, resolve: fromText },
        { tag: `!${name}`, collection: 'seq', resolve: fromNode },
        { tag: `!${name}`, collection: 'map', resolve: fromNode },
      ];
    }),
];

function splitOnce(value: string): readonly string[] {
  const at = value.indexOf('.');
  return at < 0 ? [value] : [value.slice(0, at), value.slice(at + 1)];
}

function readParameter(value: Json, name: string): ParameterDeclaration {
  if (!isObject(value) || typeof value['Type'] !== 'string')
    throw formatError(`Every Parameters object must contain a Type member: ${name}`);
  return value as unknown as ParameterDeclaration;
}

function readRule(value: Json, name: string): Rule {
  if (!isObject(value) || !Array.isArray(value['Assertions']))
    throw formatError(`Every Rules object must contain Assertions: ${name}`);
  return value as unknown as Rule;
}

function readResource(value: Json, name: string): ResourceDeclaration {
  if (!/^[A-Za-z0-9]+$/.test(name)) throw formatError(`Resource name ${name} is non alphanumeric.`);
  if (!isObject(value) || typeof value['Type'] !== 'string') {
    throw formatError(`[/Resources/${name}] Every Resources object must contain a Type member.`);
  }
  const unknown = Object.keys(value).find((member) => !resourceMembers.has(member));
  if (unknown !== undefined) throw formatError(`[/Resources/${name}] ${unknown} is not supported`);
  const {
    Properties: properties = {},
    Metadata: metadata = {},
    DependsOn: dependsOn = [],
    Condition: condition,
  } = value;
  if (!isObject(properties) || !isObject(metadata))
    throw formatError(`[/Resources/${name}] Properties and Metadata must be objects`);
  return {
    type: value['Type'],
    properties,
    metadata,
    dependsOn: (Array.isArray(dependsOn) ? dependsOn : [dependsOn]).map(String),
    condition: typeof condition === 'string' ? condition : undefined,
    deletionPolicy: readPolicy(value['DeletionPolicy'], name, 'DeletionPolicy'),
    updateReplacePolicy: readPolicy(value['UpdateReplacePolicy'], name, 'UpdateReplacePolicy'),
  };
}

function readPolicy(value: Json | undefined, name: string, member: string): RemovalPolicy {
  if (value === undefined) return 'Delete';
  if (typeof value === 'string' && removalPolicies.has(value)) return value as RemovalPolicy;
  throw formatError(
    `[/Resources/${name}] ${member} is ${JSON.stringify(value)}, expected one of ${[...removalPolicies].join(', ')}`,
  );
}

function readOutput(value: Json, name: string): OutputDeclaration {
  if (!isObject(value) || value['Value'] === undefined)
    throw formatError(`[/Outputs/${name}] Every Outputs member must contain a Value object`);
  const { Value, Description, Export, Condition } = value;
  return {
    value: Value as Json,
    description: typeof Description === 'string' ? Description : undefined,
    exportName: isObject(Export) ? Export['Name'] : undefined,
    condition: typeof Condition === 'string' ? Condition : undefined,
  };
}

function section(root: JsonObject, name: string): JsonObject {
  const value = root[name] ?? {};
  if (!isObject(value)) throw formatError(`${name} must be an object`);
  return value;
}

function mapValues<Value>(values: JsonObject, read: (value: Json, name: string) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, read(value, name)]));
}

export function formatError(detail: string): AwsError {
  return new AwsError('ValidationError', `Template format error: ${detail}`);
}
