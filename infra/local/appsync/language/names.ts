import type {
  AnyNode,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
  Identifier,
  Pattern,
  Program,
} from 'acorn';
import { ancestor } from 'acorn-walk';

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** A name of the code itself, as opposed to one that the environment has. */
export interface Binding {
  readonly name: string;
  /** The function that the name always stands for, where it does. */
  readonly function?: FunctionNode;
  /** Where it was imported from. */
  readonly module?: string;
}

/** One use of a name. `binding` is undefined where the code does not declare it. */
export interface Reference {
  readonly identifier: Identifier;
  readonly binding: Binding | undefined;
  /** From the program down to the identifier. */
  readonly ancestors: readonly AnyNode[];
}

type Scopes = Map<AnyNode, Map<string, Binding>>;

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const blockTypes = new Set(['Program', 'BlockStatement', 'ForOfStatement', 'ForInStatement', 'SwitchStatement']);

export function isFunction(node: AnyNode): node is FunctionNode {
  return functionTypes.has(node.type);
}

/** Resolves every name that the code uses. */
export function resolveNames(program: Program): readonly Reference[] {
  const scopes = collectScopes(program);
  const references: Reference[] = [];
  const visit = (identifier: Identifier, _state: unknown, ancestors: AnyNode[]) => {
    const path = [...ancestors];
    references.push({ identifier, binding: lookUp(scopes, path, identifier.name), ancestors: path });
  };
  // acorn-walk names an identifier in a pattern VariablePattern; its types do not know the name.
  ancestor(program, { Identifier: visit, VariablePattern: visit } as Parameters<typeof ancestor>[1]);
  return references;
}

function collectScopes(program: Program): Scopes {
  const scopes: Scopes = new Map();
  const declare = (owner: AnyNode | undefined, binding: Binding) => {
    const key = owner ?? program;
    const names = scopes.get(key) ?? new Map<string, Binding>();
    scopes.set(key, names);
    names.set(binding.name, binding);
  };
  const declareParameters = (node: FunctionNode) => {
    for (const parameter of node.params) for (const name of patternNames(parameter)) declare(node, { name });
  };
  ancestor(program, {
    ImportDeclaration(node) {
      for (const specifier of node.specifiers)
        declare(program, { name: specifier.local.name, module: String(node.source.value) });
    },
    VariableDeclaration(node, _state, ancestors) {
      const owner = nearest(ancestors.slice(0, -1), node.kind === 'var' ? isVarScope : isBlock);
      for (const { id, init } of node.declarations) {
        const value = id.type === 'Identifier' && init && isFunction(init) ? { function: init } : {};
        for (const name of patternNames(id)) declare(owner, { name, ...value });
      }
    },
    Function(visited, _state, ancestors) {
      const node = visited as FunctionNode;
      if (node.type === 'FunctionDeclaration' && node.id)
        declare(nearest(ancestors.slice(0, -1), isBlock), { name: node.id.name, function: node });
      if (node.type === 'FunctionExpression' && node.id) declare(node, { name: node.id.name, function: node });
      declareParameters(node);
    },
  });
  return scopes;
}

const isBlock = (node: AnyNode) => blockTypes.has(node.type);
const isVarScope = (node: AnyNode) => node.type === 'Program' || isFunction(node);

function nearest(ancestors: readonly AnyNode[], wanted: (node: AnyNode) => boolean): AnyNode | undefined {
  return [...ancestors].reverse().find(wanted);
}

function lookUp(scopes: Scopes, ancestors: readonly AnyNode[], name: string): Binding | undefined {
  for (const node of [...ancestors].reverse()) {
    const binding = scopes.get(node)?.get(name);
    if (binding) return binding;
  }
  return undefined;
}

/** The names that a pattern declares. */
export function patternNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case 'RestElement':
      return patternNames(pattern.argument);
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'MemberExpression':
      return [];
  }
}
