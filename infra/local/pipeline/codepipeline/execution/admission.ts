import type { Declaration } from '../definition/declaration.ts';
import type { Execution } from '../model.ts';

/** Which waiting executions may enter their stage now, and which are overtaken for good. */
export interface Admission {
  readonly enter: readonly Execution[];
  readonly superseded: readonly Execution[];
}

/**
 * SUPERSEDED: a stage has one execution at a time, and of those that wait for it only the newest stays. QUEUED: the same,
 * in the order in which they came, none overtaken. PARALLEL: nobody waits. Source: CodePipeline user guide, "How pipeline
 * executions work".
 */
export function admit(mode: Declaration['executionMode'], oldestFirst: readonly Execution[]): Admission {
  const active = oldestFirst.filter(({ status }) => status === 'InProgress' || status === 'Stopping');
  const waiting = active.filter(({ entered, status }) => !entered && status === 'InProgress');
  if (mode === 'PARALLEL') return { enter: waiting, superseded: [] };
  const taken = new Set(active.filter(({ entered }) => entered).map(({ stage }) => stage));
  const enter: Execution[] = [];
  const superseded: Execution[] = [];
  for (const stage of new Set(waiting.map((execution) => execution.stage))) {
    const here = waiting.filter((execution) => execution.stage === stage);
    const first = mode === 'QUEUED' ? here[0] : here.at(-1);
    if (mode === 'SUPERSEDED') superseded.push(...here.slice(0, -1));
    if (first && !taken.has(stage)) enter.push(first);
  }
  return { enter, superseded };
}
