import type { AnyNode, Identifier, MemberExpression } from 'acorn';

/** The name of the member where the code spells it: `a.b`, `a['b']`; undefined for `a[b]`. */
export function memberName(node: MemberExpression): string | undefined {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined;
  if (node.property.type === 'Literal') return String(node.property.value);
  if (node.property.type === 'TemplateLiteral' && node.property.expressions.length === 0)
    return node.property.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The identifier that a chain of members starts from: `util` of `util.dynamodb.toString`. */
export function chainRoot(node: AnyNode): Identifier | undefined {
  if (node.type === 'Identifier') return node;
  if (node.type === 'MemberExpression') return chainRoot(node.object);
  if (node.type === 'ChainExpression') return chainRoot(node.expression);
  return undefined;
}

/** `ctx.prev.result` as `['ctx', 'prev', 'result']`; undefined for all else. */
export function memberPath(node: AnyNode): readonly string[] | undefined {
  if (node.type === 'Identifier') return [node.name];
  if (node.type !== 'MemberExpression' || node.computed || node.optional || node.property.type !== 'Identifier')
    return undefined;
  const before = memberPath(node.object);
  return before && [...before, node.property.name];
}
