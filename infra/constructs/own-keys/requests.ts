import type { AnyNode, CallExpression } from 'acorn';
import { type Bundle, type FunctionNode, nameOf, type Use } from './bundle.ts';
import { isItemMaker, isRequestMaker, makerOf } from './makers.ts';
import { isMapped } from './mapped.ts';

const operations =
  /^(GetItem|PutItem|UpdateItem|DeleteItem|Query|Scan|Sync|(Batch|Transact)(Get|Write|Put|Delete)Items?)$/;

/** Whether a property says that its object is a request on tables, or may be one. */
export function isTableOperation({ key, value }: { readonly key: AnyNode; readonly value: AnyNode }): boolean {
  return nameOf(key) === 'operation' && (value.type !== 'Literal' || operations.test(String(value.value)));
}

type Follow = (node: AnyNode | null | undefined, above: readonly FunctionNode[]) => boolean;

/** Whether it is a request of the request module as that made it, one on no table, or the end of the step. */
export function isRequest(bundle: Bundle, node: AnyNode | null | undefined): boolean {
  const follow: Follow = (expression, above) => {
    switch (expression?.type) {
      case 'ConditionalExpression':
        return follow(expression.consequent, above) && follow(expression.alternate, above);
      case 'ObjectExpression':
        return expression.properties.every((one) => one.type === 'Property' && !one.computed && !isTableOperation(one));
      case 'CallExpression':
        return isEnd(bundle, expression) || isAnswer(bundle, expression, isRequestMaker, follow, above);
      case 'Identifier':
        return isKept(
          bundle,
          expression,
          ({ around }) => around.at(-1)?.type === 'ReturnStatement',
          (value) => follow(value, above),
        );
      default:
        return false;
    }
  };
  return follow(node, []);
}

/** Whether what `transactWrite` is given are items of the request module, as that made them. */
export function areItems(bundle: Bundle, { arguments: [list] }: CallExpression): boolean {
  const isItem: Follow = (node, above) => {
    if (node?.type === 'CallExpression') return isAnswer(bundle, node, isItemMaker, isItem, above);
    return isKept(
      bundle,
      node,
      ({ around }) => around.at(-1)?.type === 'ArrayExpression',
      (value) => isItem(value, above),
    );
  };
  const areMade = (node: AnyNode): boolean => {
    if (node.type === 'CallExpression') return isMapped(node, (element) => isItem(element, []));
    return isKept(bundle, node, ({ around }) => around.at(-1)?.type === 'SpreadElement', areMade);
  };
  if (list?.type !== 'ArrayExpression') return false;
  return list.elements.every((one) => (one?.type === 'SpreadElement' ? areMade(one.argument) : isItem(one, [])));
}

/** A call of one of these makers, or of a function that answers nothing else. */
function isAnswer(
  bundle: Bundle,
  call: CallExpression,
  isMaker: (maker: string) => boolean,
  follow: Follow,
  above: readonly FunctionNode[],
): boolean {
  const maker = makerOf(bundle, call);
  if (maker !== undefined) return isMaker(maker);
  const called = bundle.functionOf(call);
  if (!called || above.includes(called)) return false;
  return bundle.answersOf(called).every((answer) => follow(answer, [...above, called]));
}

/** A `const` that is used nowhere but where `isFit`: nothing can have changed what is in it. */
function isKept(
  bundle: Bundle,
  node: AnyNode | null | undefined,
  isFit: (use: Use) => boolean,
  holds: (value: AnyNode) => boolean,
): boolean {
  const binding = bundle.bindingOf(node);
  if (!binding) return false;
  const value = bundle.valueOf(binding);
  return value !== undefined && holds(value) && bundle.usesOf(binding).every(isFit);
}

/** `runtime.earlyReturn(…)`, `util.error(…)`, `util.unauthorized()`: no request comes of it. */
function isEnd(bundle: Bundle, { callee }: CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  const isAppsync = bundle.bindingOf(callee.object)?.module === '@aws-appsync/utils';
  return isAppsync && ['earlyReturn', 'error', 'unauthorized'].includes(nameOf(callee.property));
}
