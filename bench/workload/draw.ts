import type { WorkloadOperation, WorkloadPlan } from '../load/job.ts';

/** Draws operations at their shares, which need not add up to one. */
export function createChoice(shares: WorkloadPlan['shares'], random: () => number): () => WorkloadOperation {
  const all: readonly WorkloadOperation[] = ['read', 'update', 'list', 'order'];
  const some = all.filter((operation) => (shares[operation] ?? 0) > 0);
  const sum = some.reduce((total, operation) => total + (shares[operation] ?? 0), 0);
  return () => {
    let left = random() * sum;
    for (const operation of some) {
      left -= shares[operation] ?? 0;
      if (left < 0) return operation;
    }
    const last = some.at(-1);
    if (last === undefined) throw new Error('A workload has no operation with a share above 0');
    return last;
  };
}
