import type { AnyNode, Expression, Function as FunctionNode, Pattern, Program, Statement } from 'acorn';
import { full } from 'acorn-walk';
import { memberPath, patternNames } from '../language/index.ts';
import type { JsonObject } from '../../service.ts';
import type { Effects } from './evaluation.ts';
import { isInert } from './inert.ts';

/**
 * A request handler that begins with `if (ctx.stash.done) runtime.earlyReturn({})`, as steps do that have nothing left to do. Where the
 * condition holds, its answer can be told without running it.
 */
export interface EarlyExit {
  holds(stash: JsonObject): boolean;
  /** What the handler answers then, as JSON; the stash is as it was. */
  readonly result: string;
  readonly effects: Pick<Effects, 'earlyReturn'>;
}

/** Undefined for all that is written otherwise, or does anything before. */
export function earlyExit({ body }: Program): EarlyExit | undefined {
  const handler = body.every(isInert) ? requestHandler(body) : undefined;
  const [parameter, another] = handler?.params ?? [];
  if (!handler || parameter?.type !== 'Identifier' || another || handler.body.type !== 'BlockStatement')
    return undefined;
  const [first] = handler.body.body;
  if (first?.type !== 'IfStatement' || first.alternate) return undefined;
  const runtime = runtimeName(body);
  if (runtime === undefined || runtime === parameter.name || declares(handler.body, [parameter.name, runtime]))
    return undefined;
  const holds = conditionOf(first.test, parameter.name);
  const answer = answerOf(onlyStatement(first.consequent), runtime);
  return holds && answer && { holds, ...answer };
}

/** The function that is exported as `request`, by its declaration or by a list of names. */
function requestHandler(body: Program['body']): FunctionNode | undefined {
  const exports = body.filter((statement) => statement.type === 'ExportNamedDeclaration');
  const listed = exports.flatMap(({ specifiers }) => specifiers).find(({ exported }) => nameOf(exported) === 'request');
  const name = listed ? nameOf(listed.local) : 'request';
  const declared = listed ? body : exports.map(({ declaration }) => declaration);
  for (const statement of declared)
    if (statement?.type === 'FunctionDeclaration' && statement.id.name === name) return statement;
  return undefined;
}

/** What the code calls AppSync's `runtime`. */
function runtimeName(body: Program['body']): string | undefined {
  for (const statement of body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== '@aws-appsync/utils') continue;
    for (const specifier of statement.specifiers)
      if (specifier.type === 'ImportSpecifier' && nameOf(specifier.imported) === 'runtime') return specifier.local.name;
  }
  return undefined;
}

/** Whether anything within has one of these names for itself: `var` and functions have it from the start on. */
function declares(body: AnyNode, names: readonly string[]): boolean {
  let found = false;
  full(body, (visited) => {
    const node = visited as AnyNode;
    const declared: readonly (Pattern | null | undefined)[] =
      node.type === 'VariableDeclaration'
        ? node.declarations.map(({ id }) => id)
        : node.type === 'FunctionDeclaration'
        ? [node.id]
        : [];
    found ||= declared.some((pattern) => pattern && patternNames(pattern).some((name) => names.includes(name)));
  });
  return found;
}

type Condition = EarlyExit['holds'];

function conditionOf(test: Expression, context: string): Condition | undefined {
  if (test.type === 'UnaryExpression' && test.operator === '!') {
    const inner = conditionOf(test.argument, context);
    return inner && ((stash) => !inner(stash));
  }
  if (test.type === 'LogicalExpression' && test.operator !== '??') {
    const left = conditionOf(test.left as Expression, context);
    const right = conditionOf(test.right, context);
    if (!left || !right) return undefined;
    return test.operator === '&&' ? (stash) => left(stash) && right(stash) : (stash) => left(stash) || right(stash);
  }
  const name = stashMember(test, context);
  return name === undefined ? undefined : (stash) => Boolean(stash[name]);
}

/** `done` of `ctx.stash.done`; not what every object has. */
function stashMember(node: Expression, context: string): string | undefined {
  const [base, stash, name, another] = memberPath(node) ?? [];
  if (base !== context || stash !== 'stash' || name === undefined || another !== undefined) return undefined;
  return name in Object.prototype ? undefined : name;
}

function onlyStatement(node: Statement): Statement | undefined {
  if (node.type !== 'BlockStatement') return node;
  return node.body.length === 1 ? node.body[0] : undefined;
}

/** Of `runtime.earlyReturn()`, with `null` or `{}`, and `{ skipTo: 'END' }` or without. */
function answerOf(statement: Statement | undefined, runtime: string): Omit<EarlyExit, 'holds'> | undefined {
  const call = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  if (call?.type !== 'CallExpression' || call.optional) return undefined;
  if (memberPath(call.callee)?.join('.') !== `${runtime}.earlyReturn`) return undefined;
  const [value, options, another] = call.arguments;
  const result = resultOf(value);
  const skipTo = options === undefined ? 'none' : skipToOf(options);
  if (result === undefined || skipTo === undefined || another) return undefined;
  return { result, effects: { earlyReturn: skipTo === 'none' ? {} : { skipTo } } };
}

function resultOf(value: AnyNode | undefined): string | undefined {
  if (value === undefined || (value.type === 'Literal' && value.raw === 'null')) return 'null';
  return value.type === 'ObjectExpression' && value.properties.length === 0 ? '{}' : undefined;
}

function skipToOf(options: AnyNode): 'END' | 'NEXT' | undefined {
  const [property, another] = options.type === 'ObjectExpression' ? options.properties : [];
  if (property?.type !== 'Property' || another || property.computed || nameOf(property.key) !== 'skipTo')
    return undefined;
  const skipTo = property.value.type === 'Literal' ? property.value.value : undefined;
  return skipTo === 'END' || skipTo === 'NEXT' ? skipTo : undefined;
}

function nameOf(node: AnyNode): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}
