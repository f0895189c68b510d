import { drainedAt } from '../drained.ts';
import type { MoveStepOf } from './step.ts';

/** Closes the gate to writes, and waits till those that it admitted before have ended: ten seconds at most. */
export const holdWrites: MoveStepOf = async ({ transition }, dependencies) => {
  const { tenantId, heldAt } = transition;
  if (heldAt === undefined) {
    const now = dependencies.clock().toISOString();
    return {
      set: { heldAt: now },
      writes: [
        {
          Update: {
            TableName: dependencies.tables.GATES_TABLE,
            Key: { tenantId },
            UpdateExpression: 'SET writesHeldSince = :now',
            ConditionExpression: 'attribute_exists(tenantId)',
            ExpressionAttributeValues: { ':now': now },
          },
        },
      ],
    };
  }
  const drained = await drainedAt(tenantId, heldAt, dependencies);
  return drained > dependencies.clock() ? { dueAt: drained } : { step: 'COPY_CHANGES' };
};
