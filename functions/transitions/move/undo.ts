import type { MoveItem } from '../../../schema/transition.ts';
import type { Progress } from '../dependencies.ts';
import { MoveFailedError } from './errors.ts';

const beforeCutOver: readonly MoveItem['step'][] = [
  'PROVISION',
  'COPY_USERS',
  'COPY_DATA',
  'HOLD_WRITES',
  'COPY_CHANGES',
  'VERIFY',
  'SWITCH_USERS',
  'CUT_OVER',
];

/** Milliseconds for which a step is tried again before the move is undone; while writes are held, no longer than that takes. */
const patience = 10 * 60_000;
const patienceWhileHeld = 20_000;

/** Milliseconds after which a step that failed is tried again while writes are held. */
export const pauseWhileHeld = 1000;

/** Whether the move is to be undone before its cut-over, and why. */
export function undoing(move: MoveItem, error: unknown, cause: string, now: Date): Progress<MoveItem> | undefined {
  if (!beforeCutOver.includes(move.step)) return undefined;
  const { failingSince, heldAt } = move;
  const failing = failingSince === undefined ? 0 : now.getTime() - Date.parse(failingSince);
  const isHopeless = error instanceof MoveFailedError || failing > (heldAt ? patienceWhileHeld : patience);
  return isHopeless ? { step: 'ROLL_BACK', set: { cause, runId: undefined } } : undefined;
}

/** An operator wants it undone before its cut-over. */
export function stopped({ step, revertBy }: MoveItem): Progress<MoveItem> | undefined {
  if (revertBy === undefined || !beforeCutOver.includes(step)) return undefined;
  return { step: 'ROLL_BACK', set: { cause: 'An operator stopped the move', revertBy: undefined } };
}
