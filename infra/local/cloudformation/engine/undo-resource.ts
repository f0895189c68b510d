import type { EngineContext } from './context.ts';
import { ResourceFailure } from './failure.ts';
import type { ResourceSnapshot, Stack, StackOperation, StackResource } from './model.ts';

/** Brings a resource that a failed update touched back to what it was, and shows it as `end`. What was newly made goes in the cleanup. */
export async function undoResource(
  context: EngineContext,
  stack: Stack,
  operation: StackOperation,
  resource: StackResource,
  end: Pick<StackResource, 'status' | 'statusReason'> = { status: 'UPDATE_COMPLETE' },
): Promise<void> {
  const { change, logicalId, type, properties } = resource;
  const before = change?.before;
  if (!change || !before) return;
  const undone = { operationId: operation.id, kind: 'undone', settled: true } as const;
  const restored = { logicalId, type, ...before, ...end } as const;

  if (change.kind !== 'update') {
    const leftOver = resource.physicalId !== undefined && resource.physicalId !== before.physicalId;
    const discarded =
      change.kind === 'replace' && leftOver ? { physicalId: resource.physicalId as string, properties } : undefined;
    await context.setResource(stack, { ...restored, change: { ...undone, discarded } });
    return;
  }
  await context.setResource(stack, { ...resource, status: 'UPDATE_IN_PROGRESS', statusReason: undefined });
  const { physicalId, attributes } = await update(
    context,
    { ...stack, source: operation.previous ?? stack.source },
    resource,
    before,
  );
  const discarded =
    physicalId === before.physicalId ? undefined : { physicalId: before.physicalId, properties: before.properties };
  await context.setResource(stack, { ...restored, physicalId, attributes, change: { ...undone, discarded } });
}

async function update(context: EngineContext, stack: Stack, resource: StackResource, before: ResourceSnapshot) {
  const { logicalId, type, physicalId = before.physicalId, properties: previous } = resource;
  try {
    const scope = context.scope(stack, logicalId);
    return await context.provider(type).update({ ...scope, physicalId, properties: before.properties, previous });
  } catch (error) {
    const failure = ResourceFailure.from(logicalId, error);
    await context.setResource(stack, { ...resource, status: 'UPDATE_FAILED', statusReason: failure.message });
    throw failure;
  }
}
