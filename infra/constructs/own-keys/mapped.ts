import type { AnyNode, CallExpression } from 'acorn';
import { nameOf } from './bundle.ts';

/** Whether it is `list.map((one) => …)` where that holds for what each becomes. */
export function isMapped({ callee, arguments: given }: CallExpression, holds: (element: AnyNode) => boolean): boolean {
  const [made, ...others] = given;
  if (callee.type !== 'MemberExpression' || callee.computed || nameOf(callee.property) !== 'map') return false;
  if (made?.type !== 'ArrowFunctionExpression' || others.length > 0) return false;
  return made.body.type !== 'BlockStatement' && holds(made.body);
}
