import type { MoveItem } from '../../../schema/transition.ts';
import { confirm } from './confirm.ts';
import { copyChanges } from './copy-changes.ts';
import { copyData } from './copy-data.ts';
import { copyUsers } from './copy-users.ts';
import { cutOver } from './cut-over.ts';
import { holdWrites } from './hold-writes.ts';
import { inviteUsers } from './invite-users.ts';
import { provision } from './provision.ts';
import { removeMovedData, removeMovedStack, removeMovedUsers } from './remove.ts';
import { rollBack } from './roll-back.ts';
import type { MoveStepOf } from './step.ts';
import { switchUsers } from './switch-users.ts';
import { verify } from './verify.ts';

/** In their order; ROLL_BACK in place of what comes before the cut-over, if that cannot be done. */
export const moveSteps: Readonly<Record<Exclude<MoveItem['step'], 'DONE'>, MoveStepOf>> = {
  PROVISION: provision,
  COPY_USERS: copyUsers,
  COPY_DATA: copyData,
  HOLD_WRITES: holdWrites,
  COPY_CHANGES: copyChanges,
  VERIFY: verify,
  SWITCH_USERS: switchUsers,
  CUT_OVER: cutOver,
  INVITE_USERS: inviteUsers,
  CONFIRM: confirm,
  ROLL_BACK: rollBack,
  REMOVE_STACK: removeMovedStack,
  REMOVE_DATA: removeMovedData,
  REMOVE_USERS: removeMovedUsers,
};
