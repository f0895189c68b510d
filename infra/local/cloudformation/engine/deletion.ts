import { randomUUID } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type { EngineContext } from './context.ts';
import type { Stack, StackOperation } from './model.ts';

/** Whether a stack that is being created is to be deleted. */
export function isDeletionAsked(context: EngineContext, stackId: string): boolean {
  return context.stackOf(stackId).operation?.deletion !== undefined;
}

/** The operation that deletes a stack; of one that is being created, the one that was asked for meanwhile. */
export function deletionOf(
  { operation }: Stack,
  { retain = [], clientRequestToken }: { retain?: readonly string[]; clientRequestToken?: string | undefined } = {},
): StackOperation {
  return {
    id: randomUUID(),
    kind: 'delete',
    phase: 'apply',
    clientRequestToken: clientRequestToken ?? operation?.deletion?.clientRequestToken,
    onFailure: 'ROLLBACK',
    retain,
  };
}

/** @throws AwsError where a stack cannot be deleted as it is */
export function requireDeletable(context: EngineContext, stack: Stack, retain: readonly string[]): void {
  const { name, stackId, status, operation } = stack;
  if (operation && operation.kind !== 'create' && status !== 'UPDATE_ROLLBACK_FAILED')
    throw new AwsError('ValidationError', `Stack [${name}] cannot be deleted while in status ${status}`);
  if (stack.terminationProtection)
    throw new AwsError('ValidationError', `Stack [${name}] cannot be deleted while TerminationProtection is enabled`);
  for (const { exportName } of stack.outputs) {
    const users =
      exportName === undefined ? [] : context.importers(exportName).filter((other) => other.stackId !== stackId);
    if (users.length === 0) continue;
    const names = users.map((user) => user.name).join(' and ');
    throw new AwsError('ValidationError', `Export ${exportName} cannot be deleted as it is in use by ${names}`);
  }
  if (retain.length > 0 && status !== 'DELETE_FAILED') {
    throw new AwsError(
      'ValidationError',
      `Invalid operation on stack [${stackId}]. RetainResources is for stacks in DELETE_FAILED, this one is in ${status}`,
    );
  }
}
