import type { MoveItem } from '../../../schema/transition.ts';
import type { Step } from '../dependencies.ts';

export type MoveStepOf = Step<MoveItem>;
