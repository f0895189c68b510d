import type { JsonObject } from '../../service.ts';
import { reverseDependencies } from '../template/order.ts';
import type { EngineContext } from './context.ts';
import { reasonOf } from './failure.ts';
import type { Stack, StackResource } from './model.ts';
import { EngineStopped, runInOrder } from './run-in-order.ts';

export interface Removal {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string | undefined;
  readonly properties: JsonObject;
  readonly dependencies: readonly string[];
  readonly keep: boolean;
  /** The resource's own document, which goes with it; absent for what a replacement left over. */
  readonly resource?: StackResource;
}

/**
 * Deletes resources, those first that depend on others. What could not be deleted is answered; what it depends on stays
 * too, as it may be in use.
 */
export async function removeResources(
  context: EngineContext,
  stack: Stack,
  removals: readonly Removal[],
  limit: number,
): Promise<string[]> {
  const byName = new Map(removals.map((removal) => [removal.logicalId, removal]));
  const needs = new Map(
    removals.map(({ logicalId, dependencies }) => [logicalId, dependencies.filter((name) => byName.has(name))]),
  );
  const users = reverseDependencies(needs);
  const kept = new Set<string>();
  const failed: string[] = [];

  const failures = await runInOrder({
    dependencies: users,
    limit,
    signal: context.signal,
    run: async (name) => {
      if ((users.get(name) ?? []).some((user) => kept.has(user))) {
        kept.add(name);
        return;
      }
      if (await removeResource(context, stack, byName.get(name) as Removal)) return;
      kept.add(name);
      failed.push(name);
    },
  });
  if (failures.length > 0) throw failures[0];
  return failed;
}

async function removeResource(context: EngineContext, stack: Stack, removal: Removal): Promise<boolean> {
  const { logicalId, type, physicalId, properties, keep, resource } = removal;
  const reported = { logicalId, type, physicalId };
  if (keep || physicalId === undefined) {
    if (physicalId !== undefined) context.report(stack, { ...reported, status: 'DELETE_SKIPPED' });
    if (resource) await context.dropResource(stack, logicalId);
    return true;
  }
  // Lost in a crash, this write is not missed: the operation is durable, and what is gone is deleted already.
  const begun = resource
    ? context.setResource(stack, { ...resource, status: 'DELETE_IN_PROGRESS', statusReason: undefined })
    : context.report(stack, { ...reported, status: 'DELETE_IN_PROGRESS' });
  try {
    const scope = context.scope(stack, logicalId);
    await Promise.all([begun, context.provider(type).delete({ ...scope, physicalId, properties })]);
  } catch (error) {
    if (error instanceof EngineStopped) throw error;
    const statusReason = reasonOf(error);
    if (resource) await context.setResource(stack, { ...resource, status: 'DELETE_FAILED', statusReason });
    else context.report(stack, { ...reported, status: 'DELETE_FAILED', statusReason });
    return false;
  }
  context.report(stack, { ...reported, status: 'DELETE_COMPLETE' });
  if (resource) await context.dropResource(stack, logicalId);
  return true;
}
