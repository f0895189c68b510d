import {
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { AwsError } from '../../errors.ts';
import { modesOfField } from '../authorization/field-modes.ts';
import type { DataSource } from '../data-sources/data-source.ts';
import type { Api, AuthorizationMode, DataSourceRecord } from '../model.ts';
import { buildSchema } from '../definition/build-schema.ts';
import { subscribedMutations } from '../definition/subscribe-directive.ts';
import type { Json, JsonObject } from '../../service.ts';
import type { Store } from '../store.ts';
import { createDocuments, type Documents } from './documents.ts';
import { FieldFailure, unauthorizedField } from './field-failure.ts';
import type { RequestScope } from './request-scope.ts';
import { planResolvers, type PlanningTools } from './plan-resolvers.ts';
import { runResolver, type ResolverPlan } from './run-resolver.ts';
import type { ResolverRuntime } from './runtime.ts';

/** An API as its requests need it: nothing of schema or code is parsed again until a part of it changes. */
export interface CompiledApi {
  readonly record: Api;
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  /** The fields of Subscription that a mutation's field publishes to. */
  readonly subscribersOf: ReadonlyMap<string, readonly string[]>;
}

export interface ApiCompilerDependencies {
  readonly store: Store;
  /** A realm for one API's code. */
  newRuntime(): ResolverRuntime;
  openDataSource(record: DataSourceRecord): DataSource;
}

export interface ApiCompiler {
  /** @throws AwsError `NotFoundException` */
  get(apiId: string): CompiledApi;
}

/** Compiles an API when it is first asked for, and again after a part of it changed. */
export function createApiCompiler({ store, newRuntime, openDataSource }: ApiCompilerDependencies): ApiCompiler {
  const compiled = new Map<string, CompiledApi>();
  const runtimes = new Map<string, ResolverRuntime>();
  store.onChange((apiId) => {
    compiled.delete(apiId);
    if (!store.apis.has(apiId)) runtimes.delete(apiId);
  });
  return {
    get(apiId) {
      const known = compiled.get(apiId);
      if (known) return known;
      store.api(apiId);
      const runtime = runtimes.get(apiId) ?? newRuntime();
      runtimes.set(apiId, runtime);
      const made = compileApi(apiId, store, { runtime, openDataSource });
      compiled.set(apiId, made);
      return made;
    },
  };
}

function compileApi(apiId: string, store: Store, tools: PlanningTools): CompiledApi {
  const record = store.api(apiId);
  const definition = store.schemas.get(apiId)?.definition;
  if (definition === undefined) throw new AwsError('GraphQLSchemaException', `GraphQL API ${apiId} has no schema yet.`);
  const schema = buildSchema(definition);
  const plans = planResolvers(apiId, store, tools);
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const modes = modesOfField(type, field, record.defaultMode);
      field.resolve = fieldResolver(type, field, modes, plans.get(`${type.name}.${field.name}`), roots.has(type));
    }
  }
  return { record, schema, documents: createDocuments(schema), subscribersOf: indexSubscribers(schema) };
}

function fieldResolver(
  type: GraphQLObjectType,
  { name }: GraphQLField<unknown, unknown>,
  modes: ReadonlySet<AuthorizationMode>,
  plan: ResolverPlan | undefined,
  isRoot: boolean,
) {
  const coordinate = `${type.name}.${name}`;
  return (source: unknown, args: unknown, scope: RequestScope, info: GraphQLResolveInfo): unknown => {
    const { caller } = scope;
    const mayHave = modes.has(caller.mode) && !caller.deniedFields.has(coordinate);
    if (!mayHave || (isRoot && !scope.delivering && caller.mayAccess?.(type.name, name) === false)) {
      throw unauthorizedField(type.name, name);
    }
    if (!plan || scope.delivering) return ownProperty(source, name);
    scope.resolversRun += 1;
    if (scope.resolversRun > scope.resolverLimit) {
      throw new FieldFailure(
        'ResolverExecutionLimitReached',
        `More than ${scope.resolverLimit} resolvers in one request`,
      );
    }
    return runResolver(plan, (source ?? null) as Json, args as JsonObject, scope, info);
  };
}

/** A field without a resolver reads its parent's property of that name. */
function ownProperty(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return null;
  return (source as Record<string, unknown>)[name];
}

function indexSubscribers(schema: GraphQLSchema): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    for (const mutation of subscribedMutations(field)) {
      index.set(mutation, [...(index.get(mutation) ?? []), field.name]);
    }
  }
  return index;
}
