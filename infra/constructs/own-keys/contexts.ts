import type { AnyNode } from 'acorn';
import type { Binding, Bundle, Use } from './bundle.ts';
import { keyModule } from './modules.ts';
import type { Report } from './report.ts';

/**
 * Names that always stand for the context of the request: what the handlers are given, and what they hand on. Whose the data are is read
 * of it, so a changed copy of it would be somebody else's.
 */
export function contextsOf({ exported, calls, parametersOf, bindingOf }: Bundle): ReadonlySet<Binding> {
  const contexts = new Set<Binding>();
  for (const handler of exported.values()) {
    const [context] = parametersOf(handler);
    if (context) contexts.add(context);
  }
  for (let known = -1; known < contexts.size; ) {
    known = contexts.size;
    for (const { call, called } of calls) {
      const parameters = called ? parametersOf(called) : [];
      for (const [index, argument] of call.arguments.entries()) {
        const [given, parameter] = [bindingOf(argument), parameters[index]];
        if (given && contexts.has(given) && parameter) contexts.add(parameter);
      }
    }
  }
  return contexts;
}

/** Finds where something else is given for the context, and where the context is copied, changed or kept under another name. */
export function checkContexts(bundle: Bundle, contexts: ReadonlySet<Binding>, report: Report): void {
  const problem = 'gives something else for the context of the request, expected it as it came';
  for (const { call, called } of bundle.calls) {
    // Of the key module a bundle may have functions that nothing calls.
    if (bundle.fileOf(call).endsWith(keyModule)) continue;
    const parameters = called ? bundle.parametersOf(called) : [];
    for (const [index, parameter] of parameters.entries()) {
      const given = bundle.bindingOf(call.arguments[index]);
      if (parameter && contexts.has(parameter) && !(given && contexts.has(given))) report(call, problem);
    }
  }
  for (const context of contexts) {
    for (const use of bundle.usesOf(context)) {
      if (!isRead(bundle, use)) report(use.identifier, 'copies or changes the context of the request');
    }
  }
}

/** A parameter; `ctx.args`, but not `ctx.args = …`; `const { args } = ctx`; `read(ctx)`, where `read` is a function of this bundle. */
function isRead(bundle: Bundle, { identifier, around }: Use): boolean {
  const [outer, parent] = around.slice(-2);
  switch (parent?.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return parent.params.some((parameter) => parameter === identifier);
    case 'MemberExpression':
      return parent.object === identifier && !parent.computed && !isChanged(outer, parent);
    case 'VariableDeclarator':
      return parent.id.type === 'ObjectPattern' && parent.id.properties.every(({ type }) => type === 'Property');
    case 'CallExpression':
      return bundle.functionOf(parent) !== undefined;
    default:
      return false;
  }
}

function isChanged(outer: AnyNode | undefined, member: AnyNode): boolean {
  return outer?.type === 'AssignmentExpression' && outer.left === member;
}
