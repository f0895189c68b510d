import type { OffboardingItem } from '../../../schema/transition.ts';
import type { Step } from '../dependencies.ts';
import { drainedAt } from '../drained.ts';

/** The gate is closed already: waits until what it admitted last is written, so that the export misses nothing. */
export const suspend: Step<OffboardingItem> = async ({ transition }, dependencies) => {
  const dueAt = await drainedAt(transition.tenantId, transition.startedAt, dependencies);
  return { step: 'EXPORT', set: { cursor: { part: 'products' } }, dueAt };
};
