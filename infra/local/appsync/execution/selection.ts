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
      const path = `${prefix}${(field.alias ?? field.name).value}`;
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
  for (const [name, sameName] of byName(fields)) {
    if (Object.hasOwn(source, name)) cut[name] = cutToSelection(source[name] ?? null, sameName, scope);
  }
  return cut;
}

/** A completed value with aliases turned back into the names of the fields: what a subscriber selects from. */
export function withFieldNames(value: Json, nodes: readonly FieldNode[], scope: SelectionScope): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => withFieldNames(entry, nodes, scope));
  const fields = selectedFields(
    nodes.map((node) => node.selectionSet),
    scope,
  );
  if (typeof value !== 'object' || value === null || fields.length === 0) return value;
  const source = value as JsonObject;
  const named: Record<string, Json> = {};
  for (const field of fields) {
    const key = (field.alias ?? field.name).value;
    if (!Object.hasOwn(source, key)) continue;
    const sameKey = fields.filter((other) => (other.alias ?? other.name).value === key);
    named[field.name.value] = withFieldNames(source[key] ?? null, sameKey, scope);
  }
  return named;
}

function byName(fields: readonly FieldNode[]): Map<string, FieldNode[]> {
  const groups = new Map<string, FieldNode[]>();
  for (const field of fields) {
    const group = groups.get(field.name.value);
    if (group) group.push(field);
    else groups.set(field.name.value, [field]);
  }
  return groups;
}
