import type { ResourceResult } from '../../service.ts';
import { settle, type Step } from './apply-resource.ts';
import { canonical, changedMembers } from './canonical.ts';
import { creationToken } from './context.ts';
import type { ResourceSnapshot, ResourceStatus } from './model.ts';
import { takesTags } from './takes-tags.ts';

/** Calls the provider only where a resolved property or the stack's tags changed; what was before is kept with the resource until all is done. */
export async function updateResource(step: Step, before: ResourceSnapshot, status: ResourceStatus): Promise<void> {
  const { context, stack, operation, declaration, wanted } = step;
  const current = await refresh(step, before);
  const changed = changedMembers(before.properties, wanted.properties);
  const provider = context.provider(wanted.type);
  const { tags } = stack.source;
  const retagged = canonical(tags) !== canonical(operation.previous?.tags ?? tags) && takesTags(provider);
  // What failed may be anything now.
  const hadFailed = status === 'UPDATE_FAILED';
  if (changed.length === 0 && !retagged && !hadFailed) {
    const after: ResourceSnapshot = {
      ...before,
      ...current,
      dependencies: wanted.dependencies,
      deletionPolicy: wanted.deletionPolicy,
    };
    if (canonical(after) === canonical(before)) return;
    const change = { operationId: operation.id, kind: 'definition', settled: true, before } as const;
    await context.setResource(stack, { ...wanted, ...current, status, change });
    return;
  }

  const scope = context.scope(stack, wanted.logicalId);
  const { properties } = wanted;
  const replaced = changed.some((name) => provider.replacedBy.includes(name));
  if (replaced && operation.onFailure === 'DO_NOTHING') await refuseReplacement(step, before);
  const change = { operationId: operation.id, kind: replaced ? 'replace' : 'update', settled: false, before } as const;
  const statusReason = replaced
    ? 'Requested update requires the creation of a new physical resource; hence creating one.'
    : undefined;
  await context.setResource(stack, { ...wanted, ...current, status: 'UPDATE_IN_PROGRESS', statusReason, change });
  const { physicalId, attributes } = await settle(step, 'UPDATE_FAILED', { ...current, change }, () =>
    replaced
      ? provider.create({ ...scope, token: creationToken(operation, wanted.logicalId), properties })
      : provider.update({ ...scope, physicalId: current.physicalId, properties, previous: before.properties }),
  );
  // An update may answer another id as well, as a custom resource does: then the old one is to be deleted likewise.
  const other = physicalId !== current.physicalId;
  const old = { physicalId: current.physicalId, properties: before.properties };
  const discarded = other && declaration.updateReplacePolicy === 'Delete' ? old : undefined;
  const settled = { ...change, kind: other ? 'replace' : 'update', settled: true, discarded } as const;
  await context.setResource(stack, { ...wanted, physicalId, attributes, status: 'UPDATE_COMPLETE', change: settled });
}

/** As AWS does: of two resources where one should be, none is the one that could be kept. */
async function refuseReplacement(step: Step, before: ResourceSnapshot): Promise<void> {
  const { physicalId, attributes } = before;
  const change = { operationId: step.operation.id, kind: 'definition', settled: false, before } as const;
  await settle(step, 'UPDATE_FAILED', { physicalId, attributes, change }, () =>
    Promise.reject(new Error('Replacement type updates not supported on stack with disable-rollback.')),
  );
}

/** With another endpoint than before, a resource's attributes are computed anew. */
async function refresh(step: Step, before: ResourceSnapshot): Promise<ResourceResult> {
  const { context, stack, operation, wanted } = step;
  const { physicalId, attributes, properties } = before;
  const provider = context.provider(wanted.type);
  if (operation.kind !== 'refresh' || !provider.refresh) return { physicalId, attributes };
  const result = await settle(step, 'UPDATE_FAILED', { physicalId, attributes }, async () =>
    provider.refresh?.({ ...context.scope(stack, wanted.logicalId), physicalId, properties }),
  );
  return result ?? { physicalId, attributes };
}
