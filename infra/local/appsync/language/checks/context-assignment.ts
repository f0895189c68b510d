import type { AnyNode, Program } from 'acorn';
import { full, simple } from 'acorn-walk';
import { isFunction, type FunctionNode } from '../names.ts';
import type { Report } from '../report.ts';

/**
 * The context and its members cannot be replaced, only what they hold: `ctx.stash.a = 1` but not `ctx.stash = {}`.
 * As no-disallowed-re-assignment of @aws-appsync/eslint-plugin has it.
 */
export function checkContextAssignment(program: Program, report: Report): void {
  for (const handler of handlers(program)) {
    const parameter = handler.params[0];
    if (parameter?.type !== 'Identifier') continue;
    full(handler.body, (visited) => {
      const node = visited as AnyNode;
      if (node.type === 'AssignmentExpression' && isContextOrMember(node.left, parameter.name))
        report.add('context-assignment', node, `${parameter.name} and its members cannot be assigned to`);
    });
  }
}

function handlers(program: Program): FunctionNode[] {
  const found: FunctionNode[] = [];
  const isHandler = (name: string | undefined) => name === 'request' || name === 'response';
  simple(program, {
    FunctionDeclaration(node) {
      if (isHandler(node.id?.name)) found.push(node as FunctionNode);
    },
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && isHandler(id.name) && init && isFunction(init)) found.push(init);
    },
  });
  return found;
}

function isContextOrMember(target: AnyNode, name: string): boolean {
  if (target.type === 'Identifier') return target.name === name;
  return target.type === 'MemberExpression' && target.object.type === 'Identifier' && target.object.name === name;
}
