import {
  Kind,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  print,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Json, JsonObject } from '../../service.ts';

export interface SelectionScope {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface SelectionInfo {
  readonly selectionSetList: readonly string[];
  readonly selectionSetGraphQL: string;
}

/** The fields of selection sets, fragments opened, without what `@skip` and `@include` leave out. */
export function selectedFields(sets: readonly (SelectionSetNode | undefined)[], scope: SelectionScope): FieldNode[] {
  return sets.flatMap((set) => (set?.selections ?? []).flatMap((node) => openSelection(node, scope)));
}

function openSelection(node: SelectionNode, scope: SelectionScope): FieldNode[] {
  if (!isIncluded(node, scope)) return [];
  if (node.kind === Kind.FIELD) return [node];
  const opened = node.kind === Kind.FRAGMENT_SPREAD ? scope.fragments[node.name.value] : node;
  return opened ? selectedFields([opened.selectionSet], scope) : [];
}

function isIncluded(node: SelectionNode, { variables }: SelectionScope): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}

/**
 * What `ctx.info` says of a field's selection: paths by alias, and the text.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
export function describeSelection(nodes: readonly FieldNode[], scope: SelectionScope): SelectionInfo {
  const paths = new Set<string>();
  const collect = (fields: readonly FieldNode[], prefix: string): void => {
    for (const field of fields) {
      const path = `${prefix}${keyOf(field)}`;
      paths.add(path);
      collect(selectedFields([field.selectionSet], scope), `${path}/`);
    }
  };
  collect(
    selectedFields(
      nodes.map((node) => node.selectionSet),
      scope,
    ),
    '',
  );
  const selectionSetGraphQL = nodes.flatMap((node) => (node.selectionSet ? print(node.selectionSet) : [])).join('\n');
  return { selectionSetList: [...paths], selectionSetGraphQL };
}

/** What of an error's `data` the client asked for. */
export function cutToSelection(value: Json, nodes: readonly FieldNode[], scope: SelectionScope): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => cutToSelection(entry, nodes, scope));
  const fields = selectedFields(
    nodes.map((node) => node.selectionSet),
    scope,
  );
  if (typeof value !== 'object' || value === null || fields.length === 0) return value;
  const source = value as JsonObject;
  const cut: Record<string, Json> = {};
  for (const [name, sameName] of groupBy(fields, (field) => field.name.value)) {
    if (Object.hasOwn(source, name)) cut[name] = cutToSelection(source[name] ?? null, sameName, scope);
  }
  return cut;
}

/** What fields of one name and parent, under one alias or several, answered. */
interface Part {
  readonly value: Json;
  readonly nodes: readonly FieldNode[];
}

/** Fields by their names, with the arguments that were given. */
type NamedParts = Map<string, { readonly given: string; readonly parts: Part[] }>;

/**
 * A completed value with aliases turned back into the names of the fields: what a subscriber selects from. What a field
 * answered under several aliases is put together, unless they have other arguments: then it is another thing, and the
 * last holds.
 */
export function withFieldNames(value: Json, nodes: readonly FieldNode[], scope: SelectionScope): Json {
  return joinParts([{ value, nodes }], scope);
}

function joinParts(parts: readonly Part[], scope: SelectionScope): Json {
  const answered = parts.filter(({ value }) => value !== null);
  const { value } = answered.at(-1) ?? { value: null };
  if (Array.isArray(value)) {
    const alike = answered.filter((part) => Array.isArray(part.value) && part.value.length === value.length);
    return value.map((_, index) =>
      joinParts(
        alike.map((part) => ({ value: (part.value as readonly Json[])[index] ?? null, nodes: part.nodes })),
        scope,
      ),
    );
  }
  if (!isObject(value)) return value;
  const named: NamedParts = new Map();
  for (const part of answered.filter((one) => isObject(one.value))) gatherByName(named, part, scope);
  if (named.size === 0) return value;
  return Object.fromEntries([...named].map(([name, field]) => [name, joinParts(field.parts, scope)]));
}

/** Adds what a part has of each field; other arguments than before begin anew. */
function gatherByName(named: NamedParts, { value, nodes }: Part, scope: SelectionScope): void {
  const fields = selectedFields(
    nodes.map((node) => node.selectionSet),
    scope,
  );
  for (const [key, sameKey] of groupBy(fields, keyOf)) {
    const [node] = sameKey;
    if (!node || !Object.hasOwn(value as JsonObject, key)) continue;
    const part = { value: (value as JsonObject)[key] ?? null, nodes: sameKey };
    const name = node.name.value;
    const given = (node.arguments ?? []).map(print).sort().join();
    const known = named.get(name);
    if (known?.given === given) known.parts.push(part);
    else named.set(name, { given, parts: [part] });
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function groupBy(fields: readonly FieldNode[], keyFor: (field: FieldNode) => string): Map<string, FieldNode[]> {
  const groups = new Map<string, FieldNode[]>();
  for (const field of fields) {
    const group = groups.get(keyFor(field));
    if (group) group.push(field);
    else groups.set(keyFor(field), [field]);
  }
  return groups;
}
