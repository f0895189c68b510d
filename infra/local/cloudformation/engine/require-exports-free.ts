import type { ProgramOutput } from '../template/program.ts';
import { canonical } from './canonical.ts';
import type { EngineContext } from './context.ts';
import type { Stack, StackOperation } from './model.ts';

/** An export's name is one stack's, and what others import of it stays as it is. */
export function requireExportsFree(
  context: EngineContext,
  stack: Stack,
  operation: StackOperation,
  outputs: readonly ProgramOutput[],
): void {
  const others = context.exports().filter(({ stackId }) => stackId !== stack.stackId);
  for (const { exportName } of outputs) {
    const owner = exportName === undefined ? undefined : others.find(({ name }) => name === exportName);
    if (owner)
      throw new Error(
        `Export with name ${exportName} is already exported by stack ${context.stackOf(owner.stackId).name}.`,
      );
  }
  if (operation.kind === 'refresh') return;
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined) continue;
    const users = context
      .importers(exportName)
      .map(({ name }) => name)
      .join(' and ');
    const now = outputs.find((output) => output.exportName === exportName);
    if (users === '' || canonical(now?.value) === canonical(value)) continue;
    throw new Error(
      now
        ? `Cannot update export ${exportName} as it is in use by ${users}.`
        : `Cannot delete export ${exportName} as it is in use by ${users}.`,
    );
  }
}
