import type { AnyNode, CallExpression } from 'acorn';
import { type Bundle, nameOf } from './bundle.ts';
import { requestModule } from './modules.ts';

/** Functions of the request module by the place of the argument that has the key; a query has it in `partition`. */
const keyArgument: Readonly<Record<string, number>> = {
  ...{ getItem: 0, putItem: 0, updateItem: 0, deleteItem: 0, queryPartition: 0 },
  ...{ batchGetItems: 1, transactPut: 1, transactUpdate: 1, transactDelete: 1 },
};

/** The name of the request module's function that is called; esbuild numbers a name that two modules have. */
export function makerOf(bundle: Bundle, call: CallExpression): string | undefined {
  const called = bundle.functionOf(call);
  if (!called || !bundle.fileOf(called).endsWith(requestModule)) return undefined;
  return nameOf(call.callee).replace(/\d+$/, '');
}

export const isItemMaker = (maker: string): boolean => maker.startsWith('transact') && maker in keyArgument;

/** Whether what the function makes is a whole request. */
export const isRequestMaker = (maker: string): boolean =>
  maker === 'transactWrite' || (maker in keyArgument && !isItemMaker(maker));

/** The argument, or the part of it, that says which items are meant; undefined where it cannot be told. */
export function keyOf(call: CallExpression, maker: string): AnyNode | undefined {
  const argument = call.arguments[keyArgument[maker] ?? 0];
  if (maker !== 'queryPartition') return argument;
  if (argument?.type !== 'ObjectExpression') return undefined;
  const partitions = argument.properties.flatMap((one) => {
    if (one.type !== 'Property' || one.computed) return [undefined];
    return nameOf(one.key) === 'partition' ? [one.value] : [];
  });
  return partitions.length === 1 ? partitions[0] : undefined;
}
