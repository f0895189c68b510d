import { eachMember, updateMember } from './members.ts';
import type { MoveStepOf } from './step.ts';
import { turnedRound } from './turn-round.ts';

/**
 * Before the cut-over: writes are admitted again, and members sign in where they did. What was made in the target is removed after
 * that; a return that fails leaves its target, the source of the move, and waits to be confirmed or turned round again.
 */
export const rollBack: MoveStepOf = async (situation, dependencies) => {
  const { transition } = situation;
  const { tenantId, heldAt } = transition;
  if (heldAt !== undefined) {
    const admit = {
      Update: {
        TableName: dependencies.tables.GATES_TABLE,
        Key: { tenantId },
        UpdateExpression: 'REMOVE writesHeldSince',
        ConditionExpression: 'attribute_exists(tenantId)',
      },
    };
    return { set: { heldAt: undefined, cursor: undefined }, writes: [admit] };
  }
  const more = await eachMember(situation, dependencies, async (member) => {
    const { lastAccount, nextAccount } = member;
    const isSwitched =
      lastAccount?.transitionId === transition.transitionId && lastAccount.stack === transition.fromStack;
    if (isSwitched) {
      const status = member.status === 'DISABLED' ? member.status : lastAccount.status;
      await updateMember(member, { sub: lastAccount.sub, status, lastAccount: undefined }, dependencies);
    } else if (nextAccount) await updateMember(member, { nextAccount: undefined }, dependencies);
  });
  return (
    more ??
    (transition.isReturn
      ? { step: 'CONFIRM', set: { ...turnedRound(transition), cause: undefined, returnFailure: transition.cause } }
      : { step: 'REMOVE_STACK' })
  );
};
