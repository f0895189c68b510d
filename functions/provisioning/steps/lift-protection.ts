import { prepareRemoval } from '../stack/remove-stack.ts';
import type { DoStep } from '../work.ts';

/** What the stack would leave behind is noted, and may be deleted from here. */
export const liftProtection: DoStep = async (work) => {
  const retained = await prepareRemoval(work);
  return `${retained.length} tables and pools`;
};
