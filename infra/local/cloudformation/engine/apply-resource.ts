import type { JsonObject } from '../../service.ts';
import type { ResourceDeclaration } from '../template/model.ts';
import type { Program } from '../template/program.ts';
import type { EngineContext } from './context.ts';
import { createResource } from './create-resource.ts';
import { ResourceFailure } from './failure.ts';
import type { ResourceChange, ResourceSnapshot, Stack, StackOperation, StackResource } from './model.ts';
import { known } from './known.ts';
import { updateResource } from './update-resource.ts';

/** One resource of an operation, with all that its step needs. */
export interface Step {
  readonly context: EngineContext;
  readonly stack: Stack;
  readonly operation: StackOperation;
  readonly declaration: ResourceDeclaration;
  /** What the template says the resource is to be. */
  readonly wanted: Pick<StackResource, 'logicalId' | 'type' | 'properties' | 'dependencies' | 'deletionPolicy'>;
}

/** One resource brought to what the program says: created, updated, replaced, or left alone. */
export async function applyResource(
  context: EngineContext,
  stack: Stack,
  operation: StackOperation,
  program: Program,
  logicalId: string,
): Promise<void> {
  const declaration = program.resources.get(logicalId) as ResourceDeclaration;
  const existing = context.resource(stack.stackId, logicalId);
  const mine = existing?.change?.operationId === operation.id ? existing.change : undefined;
  if (mine?.settled) return;

  const step: Step = {
    context,
    stack,
    operation,
    declaration,
    wanted: {
      logicalId,
      type: declaration.type,
      properties: resolveProperties(context, stack, program, logicalId, existing),
      dependencies: program.dependencies.get(logicalId) ?? [],
      deletionPolicy: declaration.deletionPolicy,
    },
  };
  const before = mine ? mine.before : existing && snapshotOf(existing);
  if (before) await updateResource(step, before, existing?.status ?? 'UPDATE_COMPLETE');
  else await createResource(step);
}

/** Runs a provider's step; its failure is written with the resource and goes on as a ResourceFailure. */
export async function settle<Value>(
  { context, stack, wanted }: Step,
  status: 'CREATE_FAILED' | 'UPDATE_FAILED',
  at: { readonly physicalId?: string; readonly attributes: JsonObject; readonly change?: ResourceChange },
  run: () => Promise<Value>,
): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    const failure = ResourceFailure.from(wanted.logicalId, error);
    const physicalId = failure.physicalId ?? at.physicalId;
    await context.setResource(stack, { ...wanted, ...at, physicalId, status, statusReason: failure.message });
    throw failure;
  }
}

function resolveProperties(
  context: EngineContext,
  stack: Stack,
  program: Program,
  logicalId: string,
  existing: StackResource | undefined,
): JsonObject {
  try {
    return program.properties(logicalId, known(context, stack.stackId));
  } catch (error) {
    const failure = new ResourceFailure(logicalId, error);
    const type = program.resources.get(logicalId)?.type ?? '';
    const status = existing ? 'UPDATE_FAILED' : 'CREATE_FAILED';
    context.report(stack, { logicalId, type, physicalId: existing?.physicalId, status, statusReason: failure.message });
    throw failure;
  }
}

function snapshotOf({
  physicalId,
  attributes,
  properties,
  dependencies,
  deletionPolicy,
}: StackResource): ResourceSnapshot | undefined {
  return physicalId === undefined ? undefined : { physicalId, attributes, properties, dependencies, deletionPolicy };
}
