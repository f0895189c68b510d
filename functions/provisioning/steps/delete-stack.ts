import { removeStack } from '../stack/remove-stack.ts';
import type { DoStep } from '../work.ts';

/** There is no such stack any more. */
export const deleteStack: DoStep = async (work) => {
  await removeStack(work);
  return 'deleted';
};
