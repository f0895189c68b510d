import type { Program, ProgramOutput } from '../template/program.ts';
import { applyResource } from './apply-resource.ts';
import type { EngineContext } from './context.ts';
import { reasonOf, ResourceFailure } from './failure.ts';
import { known } from './known.ts';
import { isUnmade, type Stack, type StackOperation, type StackResource, type StackStatus } from './model.ts';
import { deletionOf, isDeletionAsked } from './deletion.ts';
import { type Removal, removeResources } from './remove-resources.ts';
import { requireExportsFree } from './require-exports-free.ts';
import { runInOrder } from './run-in-order.ts';
import { undoFailed } from './undo-failed.ts';
import { undoResource } from './undo-resource.ts';

/** How many resources of a stack are worked on at a time. */
const limit = 32;

/** Runs a stack's operation from the phase it is in to its end. */
export async function runOperation(context: EngineContext, stackId: string): Promise<void> {
  for (;;) {
    const stack = context.stackOf(stackId);
    const { operation } = stack;
    if (!operation) break;
    await phases[operation.kind === 'delete' ? 'delete' : operation.phase](context, stack, operation);
  }
  await context.events.flush();
}

type Phase = (context: EngineContext, stack: Stack, operation: StackOperation) => Promise<unknown>;

const phases: Readonly<Record<StackOperation['phase'] | 'delete', Phase>> = {
  apply: async (context, stack, operation) => {
    const { stackId } = stack;
    const failures: unknown[] = [];
    let outputs: ProgramOutput[] = [];
    let program: Program | undefined;
    try {
      program = await context.compile(stack, stack.source);
      await removeUnmade(context, stack, operation);
      failures.push(...(await applyAll(context, stack, operation, program)));
      if (failures.length === 0 && !isDeletionAsked(context, stackId)) {
        outputs = program.outputs(known(context, stackId));
        requireExportsFree(context, stack, operation, outputs);
      }
    } catch (error) {
      failures.push(ResourceFailure.from(stack.name, error));
    }
    if (failures.length > 0 || !program) return await fail(context, stack, operation, failures);
    const { imports, template } = program;
    const made = { outputs, imports, description: template.description, endpoint: context.environment.endpoint };
    if (operation.kind === 'create') {
      return await end(context, stackId, 'CREATE_COMPLETE', made);
    }
    const status = operation.kind === 'refresh' ? stack.status : 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    const next = { ...made, status, statusReason: undefined, operation: { ...operation, phase: 'cleanup' } as const };
    await context.setStack(stackId, next, operation.kind === 'update');
  },

  cleanup: async (context, stack, operation) => {
    const declared = new Set((await context.compile(stack, stack.source)).resources.keys());
    const removals = context.resourcesOf(stack.stackId).flatMap((resource): Removal[] => {
      if (!declared.has(resource.logicalId)) return [removalOf(resource, resource.deletionPolicy !== 'Delete')];
      return leftOver(resource, operation);
    });
    await removePatiently(context, stack, removals);
    await end(
      context,
      stack.stackId,
      operation.kind === 'refresh' ? stack.status : 'UPDATE_COMPLETE',
      {},
      operation.kind === 'update',
    );
  },

  keep: async (context, stack, operation) => {
    const { stackId, statusReason } = stack;
    const touched = touchedBy(context, stack, operation);
    await undoFailed(context, stack, operation, touched);
    await removePatiently(
      context,
      stack,
      touched.flatMap((resource) => leftOver(resource, operation)),
    );
    await end(context, stackId, 'UPDATE_FAILED', { statusReason });
  },

  rollback: async (context, stack, operation) => {
    const { stackId } = stack;
    const touched = touchedBy(context, stack, operation);
    if (operation.kind === 'create') {
      const failed = await removeResources(context, stack, context.resourcesOf(stackId).map(createdRemoval), limit);
      if (failed.length > 0)
        return await end(context, stackId, 'ROLLBACK_FAILED', { statusReason: failedToDelete(failed) });
      if (operation.onFailure !== 'DELETE') return await end(context, stackId, 'ROLLBACK_COMPLETE', {});
      return await end(context, stackId, 'DELETE_COMPLETE', { deletedAt: context.clock.now() });
    }
    const undoable = new Map(
      touched.filter(({ change }) => change?.before).map((resource) => [resource.logicalId, resource]),
    );
    const failures = await runInOrder({
      dependencies: new Map([...undoable].map(([name, { change }]) => [name, change?.before?.dependencies ?? []])),
      limit,
      signal: context.signal,
      run: (name) => undoResource(context, stack, operation, undoable.get(name) as StackResource),
    });
    if (failures.length > 0) {
      const statusReason = `The following resource(s) failed to update: [${namesOf(failures)}]. `;
      // The operation stays, so that ContinueUpdateRollback can take it up again.
      await context.setStack(stackId, { status: 'UPDATE_ROLLBACK_FAILED', statusReason });
      throw new RollbackHalted();
    }
    await context.setStack(stackId, {
      status: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      statusReason: undefined,
      source: operation.previous ?? stack.source,
      operation: { ...operation, phase: 'rollback-cleanup' },
    });
  },

  'rollback-cleanup': async (context, stack, operation) => {
    const removals = context.resourcesOf(stack.stackId).flatMap((resource): Removal[] => {
      if (resource.change?.operationId !== operation.id) return [];
      return resource.change.kind === 'create' ? [createdRemoval(resource)] : leftOver(resource, operation);
    });
    await removePatiently(context, stack, removals);
    await end(context, stack.stackId, 'UPDATE_ROLLBACK_COMPLETE', {});
  },

  delete: async (context, stack, operation) => {
    const removals = context
      .resourcesOf(stack.stackId)
      .map((resource) =>
        removalOf(resource, resource.deletionPolicy !== 'Delete' || operation.retain.includes(resource.logicalId)),
      );
    const failed = await removeResources(context, stack, removals, limit);
    if (failed.length > 0)
      return await end(context, stack.stackId, 'DELETE_FAILED', { statusReason: failedToDelete(failed) });
    await end(context, stack.stackId, 'DELETE_COMPLETE', { deletedAt: context.clock.now() });
  },
};

/** A rollback that could not be done: the stack waits for someone to mend the cause and to ask for it again. */
export class RollbackHalted extends Error {
  override readonly name = 'RollbackHalted';
}

function applyAll(
  context: EngineContext,
  stack: Stack,
  operation: StackOperation,
  program: Program,
): Promise<readonly unknown[]> {
  const run = (name: string): Promise<void> => applyResource(context, stack, operation, program, name);
  // After a crash it is not known what was under way: all is made, and nothing that was is forgotten.
  const wasAsked = operation.deletion !== undefined;
  const halted = (): boolean => !wasAsked && isDeletionAsked(context, stack.stackId);
  return runInOrder({ dependencies: program.dependencies, limit, signal: context.signal, halted, run });
}

function touchedBy(context: EngineContext, { stackId }: Stack, { id }: StackOperation): StackResource[] {
  return context.resourcesOf(stackId).filter(({ change }) => change?.operationId === id);
}

/** What an operation before failed to make. */
async function removeUnmade(context: EngineContext, stack: Stack, operation: StackOperation): Promise<void> {
  const unmade = context
    .resourcesOf(stack.stackId)
    .filter((resource) => isUnmade(resource) && resource.change?.operationId !== operation.id);
  const failed = await removeResources(context, stack, unmade.map(createdRemoval), limit);
  if (failed.length > 0) throw new Error(failedToDelete(failed));
}

async function fail(
  context: EngineContext,
  stack: Stack,
  operation: StackOperation,
  failures: readonly unknown[],
): Promise<void> {
  const { stackId } = stack;
  if (isDeletionAsked(context, stackId)) return await turnToDeletion(context, stackId);
  const names = namesOf(failures);
  const own = failures.find((failure) => failure instanceof ResourceFailure && failure.logicalId === stack.name);
  const verb = operation.kind === 'create' ? 'create' : 'update';
  const cause = own ? reasonOf(own) : `The following resource(s) failed to ${verb}: [${names}]. `;
  if (operation.kind === 'create' && operation.onFailure === 'DO_NOTHING') {
    await end(context, stackId, 'CREATE_FAILED', { statusReason: cause });
    return;
  }
  if (operation.kind === 'update' && operation.onFailure === 'DO_NOTHING') {
    await context.setStack(stackId, { statusReason: cause, operation: { ...operation, phase: 'keep' } });
    return;
  }
  const status = operation.kind === 'create' ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS';
  const statusReason = operation.kind === 'create' ? `${cause}Rollback requested by user.` : cause;
  await context.setStack(stackId, { status, statusReason, operation: { ...operation, phase: 'rollback' } });
}

/** The creation has ended as far as it had come; the deletion takes its place. */
async function turnToDeletion(context: EngineContext, stackId: string): Promise<void> {
  await context.setStack(stackId, { operation: deletionOf(context.stackOf(stackId)) });
}

async function end(
  context: EngineContext,
  stackId: string,
  status: StackStatus,
  change: Partial<Stack>,
  event = true,
): Promise<void> {
  const deleted = status === 'DELETE_COMPLETE' ? { outputs: [], imports: [] } : {};
  await context.events.flush();
  if (isDeletionAsked(context, stackId)) return await turnToDeletion(context, stackId);
  await context.setStack(
    stackId,
    { statusReason: undefined, ...deleted, ...change, status, operation: undefined },
    event,
  );
}

/** As AWS does, a cleanup tries three times and then lets go: the stack's update has succeeded whatever comes of it. */
async function removePatiently(context: EngineContext, stack: Stack, removals: readonly Removal[]): Promise<void> {
  let remaining = removals;
  for (let attempt = 0; attempt < 3 && remaining.length > 0; attempt++) {
    const failed = await removeResources(context, stack, remaining, limit);
    const blocked = new Set(failed);
    remaining = remaining.filter(
      ({ logicalId, resource }) => blocked.has(logicalId) || (resource && context.resource(stack.stackId, logicalId)),
    );
  }
  await Promise.all(
    remaining.flatMap(({ logicalId, resource }) => (resource ? [context.dropResource(stack, logicalId)] : [])),
  );
}

function removalOf(resource: StackResource, keep: boolean): Removal {
  return { ...resource, keep, resource };
}

/** Only what a stack has had for a while is kept by RetainExceptOnCreate; what failed to be created never is. */
function createdRemoval(resource: StackResource): Removal {
  return removalOf(resource, resource.deletionPolicy === 'Retain' && resource.status !== 'CREATE_FAILED');
}

function leftOver({ logicalId, type, dependencies, change }: StackResource, operation: StackOperation): Removal[] {
  if (change?.operationId !== operation.id || !change.discarded) return [];
  return [
    { logicalId, type, ...change.discarded, dependencies: change.before?.dependencies ?? dependencies, keep: false },
  ];
}

function namesOf(failures: readonly unknown[]): string {
  return failures
    .map((failure) => (failure instanceof ResourceFailure ? failure.logicalId : reasonOf(failure)))
    .join(', ');
}

function failedToDelete(names: readonly string[]): string {
  return `The following resource(s) failed to delete: [${names.join(', ')}]. `;
}
