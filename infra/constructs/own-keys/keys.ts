import type { AnyNode, CallExpression } from 'acorn';
import { type Binding, type Bundle, nameOf, type Use } from './bundle.ts';
import { keyModule } from './modules.ts';
import { isMapped } from './mapped.ts';
import { makerOf } from './makers.ts';

/** Functions of the key module that make a key or a partition; what they are made with is not exported. */
const makesKeys = /^(?!brand).*(Key|Partition)\d*$/;

/**
 * Whether it is a key, a partition, or a list of them that the key module has made of the request's own context, and that nothing else
 * can have changed since.
 */
export function isKey(bundle: Bundle, contexts: ReadonlySet<Binding>, node: AnyNode | undefined): boolean {
  const binding = bundle.bindingOf(node);
  if (binding) {
    const value = bundle.valueOf(binding);
    return isKey(bundle, contexts, value) && bundle.usesOf(binding).every((use) => isHandedOn(bundle, use));
  }
  if (node?.type !== 'CallExpression') return false;
  return isMade(bundle, contexts, node) || isMapped(node, (element) => isKey(bundle, contexts, element));
}

function isMade(bundle: Bundle, contexts: ReadonlySet<Binding>, call: CallExpression): boolean {
  const called = bundle.functionOf(call);
  const context = bundle.bindingOf(call.arguments[0]);
  if (!called || !context || !contexts.has(context)) return false;
  return bundle.fileOf(called).endsWith(keyModule) && makesKeys.test(nameOf(call.callee));
}

/** `getItem(key)`, or `queryPartition({ partition: key })`. */
function isHandedOn(bundle: Bundle, { identifier, around }: Use): boolean {
  const [call, , property] = around.slice(-3);
  const parent = around.at(-1);
  if (parent?.type === 'CallExpression') return parent.callee !== identifier && makerOf(bundle, parent) !== undefined;
  return property?.type === 'Property' && call?.type === 'CallExpression' && makerOf(bundle, call) === 'queryPartition';
}
