import { type AnyNode, type CallExpression, type Comment, type Expression, type Identifier, parse } from 'acorn';
import { ancestor } from 'acorn-walk';
import { type Binding, type FunctionNode, isFunction, resolveNames } from '../../local/appsync/language/names.ts';

export type { Binding, FunctionNode };

/** One place where a name stands, its declaration apart. */
export interface Use {
  readonly identifier: Identifier;
  /** From the program down to the node that the identifier is a part of. */
  readonly around: readonly AnyNode[];
}

export interface Call {
  readonly call: CallExpression;
  /** The function of this bundle that is called, where it is one. */
  readonly called: FunctionNode | undefined;
}

/** A step's bundle: its names by their scopes, and the file that each place comes from. */
export interface Bundle {
  readonly program: AnyNode;
  readonly calls: readonly Call[];
  /** The functions that are exported, by their names there: the handlers. */
  readonly exported: ReadonlyMap<string, FunctionNode>;
  /** `resolvers/lib/tenantKey.ts`, as esbuild's comments say. */
  fileOf(node: AnyNode): string;
  bindingOf(node: AnyNode | null | undefined): Binding | undefined;
  /** What a `const` is; undefined for whatever may become something else. */
  valueOf(binding: Binding): Expression | undefined;
  usesOf(binding: Binding): readonly Use[];
  functionOf(call: CallExpression): FunctionNode | undefined;
  /** The names of a function's parameters, by their places; undefined for patterns. */
  parametersOf(node: FunctionNode): readonly (Binding | undefined)[];
  /** What a function answers, by each of its returns. */
  answersOf(node: FunctionNode): readonly (Expression | null | undefined)[];
}

export function readBundle(code: string): Bundle {
  const comments: Comment[] = [];
  const program = parse(code, { ecmaVersion: 2023, sourceType: 'module', locations: true, onComment: comments });
  const bindings = new Map<AnyNode, Binding>();
  const values = new Map<Binding, Expression>();
  const uses = new Map<Binding, Use[]>();
  for (const { identifier, binding, ancestors } of resolveNames(program)) {
    if (!binding) continue;
    bindings.set(identifier, binding);
    const around = ancestors.slice(0, -1);
    const [declaration, declarator] = around.slice(-2);
    if (declarator?.type === 'VariableDeclarator' && declarator.id === identifier) {
      const isConstant = declaration?.type === 'VariableDeclaration' && declaration.kind === 'const';
      if (isConstant && declarator.init) values.set(binding, declarator.init);
    } else uses.set(binding, [...(uses.get(binding) ?? []), { identifier, around }]);
  }

  const bindingOf = (node: AnyNode | null | undefined) => (node ? bindings.get(node) : undefined);
  const usesOf = (binding: Binding) => uses.get(binding) ?? [];
  const functionOf = ({ callee }: CallExpression): FunctionNode | undefined => {
    const binding = bindingOf(callee);
    const isReplaced = binding && usesOf(binding).some(isTarget);
    return isReplaced ? undefined : binding?.function;
  };

  const calls: Call[] = [];
  const answers = new Map<AnyNode, (Expression | null | undefined)[]>();
  const exported = new Map<string, FunctionNode>();
  const functions = program.body.flatMap((node) => (node.type === 'FunctionDeclaration' ? [node] : []));
  ancestor(program, {
    CallExpression: (call) => calls.push({ call, called: functionOf(call) }),
    ReturnStatement: ({ argument }, _state, ancestors) => {
      const owner = [...ancestors].reverse().find(isFunction);
      if (owner) answers.set(owner, [...(answers.get(owner) ?? []), argument]);
    },
    ExportNamedDeclaration: ({ specifiers }) => {
      for (const { local, exported: name } of specifiers) {
        const handler = functions.find(({ id }) => id.name === nameOf(local));
        if (handler) exported.set(nameOf(name), handler);
      }
    },
  });
  return {
    program,
    calls,
    exported,
    fileOf: ({ start }) =>
      comments
        .filter(({ end, value }) => end <= start && isFile(value))
        .at(-1)
        ?.value.trim() ?? '',
    bindingOf,
    valueOf: (binding) => values.get(binding),
    usesOf,
    functionOf,
    parametersOf: ({ params }) => params.map(bindingOf),
    answersOf: (node) => (node.body.type === 'BlockStatement' ? answers.get(node) ?? [] : [node.body]),
  };
}

const isFile = (comment: string): boolean => /^ \S+\.ts$/.test(comment);

/** Whether something is written to the name. */
function isTarget({ identifier, around }: Use): boolean {
  const parent = around.at(-1);
  return parent?.type === 'AssignmentExpression' && parent.left === identifier;
}

/** The name that a call, a member or a property spells; empty where it is computed of something. */
export function nameOf(node: AnyNode): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name;
  return node.type === 'Literal' ? String(node.value) : '';
}
