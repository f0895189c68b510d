import type { EngineContext } from './context.ts';
import type { Stack, StackOperation, StackResource } from './model.ts';
import { EngineStopped } from './run-in-order.ts';
import { undoResource } from './undo-resource.ts';

/**
 * Of an update that is not rolled back: what failed goes back to what it was before, and says that it failed. Where not even that
 * can be done it counts as what it was, so that the next update does it again.
 */
export async function undoFailed(
  context: EngineContext,
  stack: Stack,
  operation: StackOperation,
  touched: readonly StackResource[],
): Promise<void> {
  const undo = async (resource: StackResource): Promise<void> => {
    const { logicalId, type, statusReason, change } = resource;
    if (!change?.before || change.settled) return;
    const end = { status: 'UPDATE_FAILED', statusReason } as const;
    try {
      await undoResource(context, stack, operation, resource, end);
    } catch (error) {
      if (error instanceof EngineStopped) throw error;
      const undone = { operationId: operation.id, kind: 'undone', settled: true } as const;
      await context.setResource(stack, { logicalId, type, ...change.before, ...end, change: undone });
    }
  };
  await Promise.all(touched.map(undo));
}
