import { AwsError } from '../../errors.ts';
import type { Environment, Json, JsonObject, Parameters } from '../../service.ts';
import { evaluateCondition } from './conditions.ts';
import { resolveDynamicReferences } from './dynamic-references.ts';
import { resolveValue, type Scope, templateError } from './intrinsics.ts';
import { isObject, type ResourceDeclaration, type Template } from './model.ts';
import { orderByDependency } from './order.ts';
import { type ParameterValue, resolveParameters } from './parameter-values.ts';
import { findReferences } from './references.ts';

/** What is known of a resource that exists. */
export interface KnownResource {
  readonly physicalId: string;
  readonly attributes: JsonObject;
  readonly type: string;
  /** Not made yet, for a plan: every attribute is `knownLater`. */
  readonly later?: boolean;
}

/** Stands in a plan for what only the deployment will tell. */
export const knownLater = '{{changeSet:KNOWN_AFTER_APPLY}}';

export interface ProgramOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string | undefined;
  readonly exportName?: string | undefined;
}

/** A template with its parameters: all that can be known before a resource exists. */
export interface Program {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Resources whose condition holds. */
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** The resources, each after all that it depends on. */
  readonly order: readonly string[];
  /** Names of exports of other stacks that this one uses. */
  readonly imports: readonly string[];
  properties(logicalId: string, known: (logicalId: string) => KnownResource | undefined): JsonObject;
  outputs(known: (logicalId: string) => KnownResource | undefined): ProgramOutput[];
}

export interface ProgramContext {
  readonly stackName: string;
  readonly stackId: string;
  readonly environment: Environment;
  readonly store: Pick<Parameters, 'get'>;
  findExport(name: string): string | undefined;
}

/** Evaluates what does not depend on resources: parameters, rules, conditions, the order. Throws `ValidationError`. */
export function compileProgram(
  template: Template,
  given: Readonly<Record<string, string>>,
  context: ProgramContext,
): Program {
  const { environment, store, findExport } = context;
  const parameters = resolveParameters(template, given, store);
  const conditions = new Map<string, boolean | 'evaluating'>();

  const condition = (name: string): boolean => {
    const known = conditions.get(name);
    if (known === 'evaluating') throw templateError(`the condition ${name} refers to itself`);
    if (known !== undefined) return known;
    const declared = Object.hasOwn(template.conditions, name) ? template.conditions[name] : undefined;
    if (declared === undefined) throw templateError(`Unresolved condition dependency ${name}`);
    conditions.set(name, 'evaluating');
    const value = evaluateCondition(
      declared,
      scopeOf(() => undefined),
    );
    conditions.set(name, value);
    return value;
  };

  const scopeOf = (known: (logicalId: string) => KnownResource | undefined): Scope => ({
    template,
    region: environment.region,
    condition,
    reference: (name) => {
      if (name === 'AWS::NoValue') return undefined;
      if (name.startsWith('AWS::')) return pseudoParameter(name, context);
      if (Object.hasOwn(parameters, name)) return (parameters[name] as ParameterValue).value;
      return required(known(name), name).physicalId;
    },
    attribute: (logicalId, name) => attributeOf(required(known(logicalId), logicalId), logicalId, name),
    importedValue: (name) => {
      const value = findExport(name);
      if (value === undefined) throw new AwsError('ValidationError', `No export named ${name} found.`);
      return value;
    },
  });

  const before = scopeOf(() => undefined);
  for (const [name, rule] of Object.entries(template.rules)) {
    if (rule.RuleCondition !== undefined && !evaluateCondition(rule.RuleCondition, before)) continue;
    for (const { Assert, AssertDescription } of rule.Assertions) {
      if (!evaluateCondition(Assert, before))
        throw templateError(`the rule ${name} does not hold: ${AssertDescription ?? JSON.stringify(Assert)}`);
    }
  }

  const holds = (name: string | undefined): boolean => name === undefined || condition(name);
  const resources = new Map(Object.entries(template.resources).filter(([, { condition: name }]) => holds(name)));
  const outputs = Object.entries(template.outputs).filter(([, { condition: name }]) => holds(name));
  const importArguments: Json[] = [];

  const dependenciesOf = (value: Json, section: string): string[] => {
    const { names, attributeOwners, imports } = findReferences(value, condition);
    importArguments.push(...imports);
    const owners = [...names].filter((name) => !Object.hasOwn(parameters, name) && !name.startsWith('AWS::'));
    const all = new Set([...owners, ...attributeOwners]);
    const unresolved = [...all].filter((name) => !resources.has(name));
    if (unresolved.length > 0) {
      throw new AwsError(
        'ValidationError',
        `Template format error: Unresolved resource dependencies [${unresolved.join(
          ', ',
        )}] in the ${section} block of the template`,
      );
    }
    return [...all];
  };
  const dependencies = new Map<string, readonly string[]>();
  for (const [logicalId, declaration] of resources) {
    const unknown = declaration.dependsOn.filter((name) => !Object.hasOwn(template.resources, name));
    if (unknown.length > 0)
      throw templateError(`Unresolved resource dependencies [${unknown.join(', ')}] in DependsOn of ${logicalId}`);
    const explicit = declaration.dependsOn.filter((name) => resources.has(name));
    dependencies.set(logicalId, [...new Set([...dependenciesOf(declaration.properties, 'Resources'), ...explicit])]);
  }
  for (const [, { value, exportName }] of outputs) dependenciesOf([value, exportName ?? ''], 'Outputs');
  const order = orderByDependency(dependencies);
  const imports = [...new Set(importArguments.map((argument) => String(resolveValue(argument, before))))];
  for (const name of imports) before.importedValue(name);

  return {
    template,
    parameters,
    resources,
    dependencies,
    order,
    imports,
    properties: (logicalId, known) => {
      const resolved = resolveValue((resources.get(logicalId) as ResourceDeclaration).properties, scopeOf(known));
      return resolveDynamicReferences(resolved as JsonObject, store);
    },
    outputs: (known) =>
      outputs.map(([key, { value, description, exportName }]) => ({
        key,
        value: outputText(key, resolveValue(value, scopeOf(known)), store),
        description,
        exportName: exportName === undefined ? undefined : String(resolveValue(exportName, scopeOf(known))),
      })),
  };
}

function outputText(key: string, value: Json | undefined, store: Pick<Parameters, 'get'>): string {
  if (value === undefined || typeof value === 'object') {
    throw templateError(`the Value of output ${key} is ${JSON.stringify(value)}, expected a string`);
  }
  return String(resolveDynamicReferences(value, store));
}

function pseudoParameter(name: string, { environment, stackId, stackName }: ProgramContext): Json {
  const values: Record<string, Json> = {
    'AWS::AccountId': environment.accountId,
    'AWS::Region': environment.region,
    'AWS::Partition': environment.partition,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackId': stackId,
    'AWS::StackName': stackName,
    'AWS::NotificationARNs': [],
  };
  const value = values[name];
  if (value === undefined) throw templateError(`the pseudo parameter ${name} does not exist`);
  return value;
}

function attributeOf({ attributes, type, later }: KnownResource, logicalId: string, name: string): Json {
  if (later) return knownLater;
  if (Object.hasOwn(attributes, name)) return attributes[name] as Json;
  let value: Json | undefined = attributes;
  for (const part of name.split('.')) value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  if (value === undefined)
    throw templateError(`the resource ${logicalId} (${type}) has no attribute ${name} in Fn::GetAtt`);
  return value;
}

function required(resource: KnownResource | undefined, name: string): KnownResource {
  if (!resource) throw templateError(`Unresolved resource dependencies [${name}]: it has no value here`);
  return resource;
}
