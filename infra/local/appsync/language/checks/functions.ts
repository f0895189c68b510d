import type { AnyNode, CallExpression, Program } from 'acorn';
import { full } from 'acorn-walk';
import { callbackMethods } from '../builtins.ts';
import { memberName } from '../members.ts';
import { isFunction, type FunctionNode, type Reference } from '../names.ts';
import type { Report } from '../report.ts';

/** A function may be handed only to the array methods that take one. */
export function checkFunctionPassing(program: Program, references: readonly Reference[], report: Report): void {
  const functionNames = new Set(
    references.filter(({ binding }) => binding?.function).map(({ identifier }): AnyNode => identifier),
  );
  full(program, (visited) => {
    const node = visited as AnyNode;
    if (node.type !== 'CallExpression' || takesCallback(node)) return;
    for (const argument of node.arguments) {
      if (isFunction(argument) || functionNames.has(argument))
        report.add('function-passing', argument, 'A function cannot be passed as an argument in APPSYNC_JS');
    }
  });
}

function takesCallback({ callee }: CallExpression): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const name = memberName(callee);
  // sort has a rule and a message of its own.
  return name !== undefined && (name === 'sort' || callbackMethods.includes(name));
}

/** No function may come to call itself, directly or by way of others. */
export function checkRecursion(references: readonly Reference[], report: Report): void {
  const uses = new Map<FunctionNode, Set<FunctionNode>>();
  const edges: { from: FunctionNode; to: FunctionNode; reference: Reference }[] = [];
  for (const reference of references) {
    const to = reference.binding?.function;
    if (!to || reference.identifier === to.id) continue;
    for (const from of reference.ancestors) {
      if (!isFunction(from)) continue;
      uses.set(from, (uses.get(from) ?? new Set()).add(to));
      edges.push({ from, to, reference });
    }
  }
  const reported = new Set<AnyNode>();
  for (const { from, to, reference } of edges) {
    if (reported.has(reference.identifier) || !reaches(uses, to, from)) continue;
    reported.add(reference.identifier);
    report.add(
      'recursion',
      reference.identifier,
      `${reference.identifier.name} comes to call itself: recursion is not supported by APPSYNC_JS`,
    );
  }
}

function reaches(
  uses: ReadonlyMap<FunctionNode, ReadonlySet<FunctionNode>>,
  start: FunctionNode,
  goal: FunctionNode,
): boolean {
  const seen = new Set<FunctionNode>();
  const pending = [start];
  for (let current = pending.pop(); current; current = pending.pop()) {
    if (current === goal) return true;
    if (seen.has(current)) continue;
    seen.add(current);
    pending.push(...(uses.get(current) ?? []));
  }
  return false;
}
