import { removeRetained } from '../stack/remove-stack.ts';
import type { DoStep } from '../work.ts';

/** Nor what outlived it. */
export const deleteRetained: DoStep = async (work) => `${await removeRetained(work)} deleted`;
