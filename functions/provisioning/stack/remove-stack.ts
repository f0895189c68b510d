import { DeleteStackCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import type { Work } from '../work.ts';
import { findStack, settledStack } from './find-stack.ts';
import { deleteResource, listRetained, type RetainedResource, unprotect } from './retained-resources.ts';
import { stackFailure } from './stack-failure.ts';

/** Notes what would outlive the stack, then lets all of it be deleted. */
export async function prepareRemoval(work: Work): Promise<RetainedResource[]> {
  const { services, stackName } = work;
  const { cloudFormation } = services;
  const stack = await settledStack(work, stackName);
  if (!stack) return retainedOf(work);
  const known = retainedOf(work);
  const listed = await listRetained(cloudFormation, stackName);
  const retained = [...known, ...listed.filter(({ id }) => !known.some((one) => one.id === id))];
  // Before anything is deleted: whoever is killed after that still finds them.
  await work.keep({ retained });
  if (stack.EnableTerminationProtection)
    await cloudFormation.send(
      new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: false }),
    );
  for (const resource of retained) await unprotect(resource, services);
  return retained;
}

/** Deletes the stack and waits till it is gone. */
export async function removeStack(work: Work): Promise<void> {
  const { services, stackName } = work;
  const { cloudFormation, stackRoleArn } = services;
  const stack = (await settledStack(work, stackName)) ?? (await findStack(cloudFormation, stackName));
  if (!stack?.StackId || stack.StackStatus === 'DELETE_COMPLETE') return;
  await cloudFormation.send(new DeleteStackCommand({ StackName: stack.StackId, RoleARN: stackRoleArn }));
  const after = await settledStack(work, stack.StackId);
  if (after && after.StackStatus !== 'DELETE_COMPLETE') throw await stackFailure(cloudFormation, after);
}

/** Deletes what was noted to outlive the stack. */
export async function removeRetained(work: Work): Promise<number> {
  const retained = retainedOf(work);
  for (const resource of retained) {
    work.log(`deleting ${resource.type} ${resource.id}`);
    await unprotect(resource, work.services);
    await deleteResource(resource, work.services);
  }
  if (retained.length > 0) await work.keep({ retained: [] });
  return retained.length;
}

function retainedOf({ run }: Work): RetainedResource[] {
  return (run.notes?.['retained'] as RetainedResource[] | undefined) ?? [];
}
