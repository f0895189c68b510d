import { findStack } from '../stack/find-stack.ts';
import { StackFailedError } from '../stack/stack-failure.ts';
import type { DoStep } from '../work.ts';

/** Looks once more that nothing is left; the mapping's row goes with the run's success. */
export const unregister: DoStep = async ({ services, stackName }) => {
  const stack = await findStack(services.cloudFormation, stackName);
  if (stack && stack.StackStatus !== 'DELETE_COMPLETE')
    throw new StackFailedError(stackName, stack.StackStatus ?? '', ['it is there again']);
  return 'no stack is left';
};
