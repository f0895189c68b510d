import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

export type RootType = 'Query' | 'Mutation' | 'Subscription';

/** A root field of a plane: `Query.product`. */
export interface Field {
  readonly coordinate: string;
  readonly rootType: RootType;
  readonly definition: GraphQLField<unknown, unknown>;
}

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What to put in an argument or input field: `input.lines.productId` of type `ID`. Undefined leaves out what may be left out. */
export type Choose = (path: string, type: GraphQLNamedType) => unknown;

/** What AppSync adds to every schema by itself. */
const additions = `
  scalar AWSDate scalar AWSTime scalar AWSDateTime scalar AWSTimestamp scalar AWSEmail scalar AWSJSON scalar AWSURL
  scalar AWSPhone scalar AWSIPAddress
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_lambda on FIELD_DEFINITION | OBJECT
  directive @aws_iam on FIELD_DEFINITION | OBJECT
  directive @aws_api_key on FIELD_DEFINITION | OBJECT
`;

/** The fields of a plane, from its schema: a new field is attacked without anyone thinking of it. */
export function fieldsOf(plane: 'application' | 'control-plane'): Field[] {
  const text = ['shared/common', plane].map((name) => readFileSync(`schema/${name}.graphql`, 'utf8'));
  const schema: GraphQLSchema = buildSchema([additions, ...text].join('\n'));
  return (['Query', 'Mutation', 'Subscription'] as const).flatMap((rootType) =>
    Object.values(schema.getType(rootType) === undefined ? {} : rootFields(schema, rootType)).map((definition) => ({
      coordinate: `${rootType}.${definition.name}`,
      rootType,
      definition,
    })),
  );
}

function rootFields(schema: GraphQLSchema, rootType: RootType): Record<string, GraphQLField<unknown, unknown>> {
  const type = schema.getType(rootType);
  return isObjectType(type) ? type.getFields() : {};
}

/** An operation that asks for everything a field can answer: once for each choice of arguments, under aliases where there are several. */
export function operationOf({ rootType, definition }: Field, ...choices: readonly Choose[]): Operation {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const selection = selectionOf(definition.type);
  const calls = choices.map((choose, index) => {
    const [suffix, alias] = choices.length === 1 ? ['', ''] : [`${index}`, `a${index}: `];
    const passed = definition.args.flatMap(({ name, type }) => {
      const value = valueOf(name, type, choose);
      if (value === undefined) return [];
      variables[name + suffix] = value;
      declared.push(`$${name}${suffix}: ${String(type)}`);
      return [`${name}: $${name}${suffix}`];
    });
    return `${alias}${definition.name}${listed(passed)}${selection}`;
  });
  return { query: `${rootType.toLowerCase()} A${listed(declared)} { ${calls.join(' ')} }`, variables };
}

const listed = (parts: readonly string[]): string => (parts.length === 0 ? '' : `(${parts.join(', ')})`);

/** The paths of a field's arguments that are of a type: `idPaths(field, 'ID')` → `['input.id']`. */
export function pathsOf({ definition }: Field, typeName: string): string[] {
  return definition.args.flatMap(({ name, type }) => pathsBelow(name, type, typeName));
}

function pathsBelow(path: string, type: GraphQLInputType, typeName: string): string[] {
  const named = getNamedType(type);
  if (named.name === typeName) return [path];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => pathsBelow(`${path}.${field.name}`, field.type, typeName));
}

function valueOf(path: string, type: GraphQLInputType, choose: Choose): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = valueOf(path, nullable.ofType as GraphQLInputType, choose);
    return item === undefined ? (isNonNullType(type) ? [] : undefined) : [item];
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named)) {
    const chosen = choose(path, named);
    return chosen === undefined && isNonNullType(type) ? fallback(named) : chosen;
  }
  const entries = Object.values(named.getFields()).map(
    (field) => [field.name, valueOf(`${path}.${field.name}`, field.type, choose)] as const,
  );
  const present = entries.filter(([, value]) => value !== undefined);
  return present.length > 0 || isNonNullType(type) ? Object.fromEntries(present) : undefined;
}

/** What fits a required argument that an attack does not care about. */
function fallback(type: GraphQLNamedType): unknown {
  if (isEnumType(type)) return type.getValues()[0]?.name;
  const values: Readonly<Record<string, unknown>> = {
    Int: 1,
    Float: 1,
    Boolean: true,
    AWSDate: '2026-01-01',
    AWSDateTime: '2026-01-01T00:00:00.000Z',
    AWSEmail: 'nobody@nowhere.example',
    AWSURL: 'https://nowhere.example/',
    AWSJSON: '{}',
  };
  return values[type.name] ?? 'attack';
}

/** All that can be selected, to a depth within the APIs' limit. */
function selectionOf(type: GraphQLOutputType, depth = 5): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const parts = Object.values(named.getFields()).flatMap((field) => {
    if (isLeafType(getNamedType(field.type))) return [field.name];
    return depth > 1 ? [`${field.name}${selectionOf(field.type, depth - 1)}`] : [];
  });
  return ` { ${parts.join(' ')} }`;
}
