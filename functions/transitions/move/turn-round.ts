import type { MoveItem } from '../../../schema/transition.ts';

/** A move in the other direction. What was verified of the source holds no longer: rows are going to be copied into it. */
export function turnedRound(move: MoveItem): Partial<MoveItem> {
  return {
    fromStack: move.toStack,
    toStack: move.fromStack,
    fromTier: move.toTier,
    toTier: move.fromTier,
    fromLimits: move.toLimits,
    toLimits: move.fromLimits,
    isReturn: !move.isReturn,
    heldAt: undefined,
    copied: undefined,
    revertBy: undefined,
    returnFailure: undefined,
  };
}
