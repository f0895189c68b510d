import type { TransitionItem } from '../../../schema/transition.ts';
import { pooledStack } from '../../layer/registry.ts';
import type { Dependencies, Progress, Situation } from '../dependencies.ts';

/** Has a silo's stack removed. Undefined when it is gone; the pool stays. */
export function removeStack<Item extends TransitionItem>(
  stack: string,
  _situation: Situation<Item>,
  _dependencies: Dependencies,
): Promise<Progress<Item> | undefined> {
  if (stack !== pooledStack) throw new Error('Silos are not provisioned yet');
  return Promise.resolve(undefined);
}
