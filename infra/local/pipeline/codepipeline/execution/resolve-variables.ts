import { AwsError } from '../../../errors.ts';
import type { Declaration } from '../definition/declaration.ts';
import type { ActionExecution, Execution } from '../model.ts';

const reference = /#\{([A-Za-z0-9@\-_]+)\.([A-Za-z0-9@\-_]+)\}/g;

/**
 * Puts values in the place of `#{namespace.key}`; what a value holds is not looked at again. Throws ConfigurationError for
 * a reference that nothing answers. Source: CodePipeline user guide, "Variables reference".
 */
export function resolveVariables(text: string, execution: Execution, { stages }: Declaration): string {
  return text.replace(reference, (whole, namespace: string, key: string) => {
    const value = valuesOf(namespace, execution, stages)?.[key];
    if (value === undefined)
      throw new AwsError('ConfigurationError', `The variable ${whole} has no value in this execution`);
    return value;
  });
}

/** Runs of actions that count, those that a rollback builds on included. */
export function succeededRuns({ rollback, actions }: Execution): readonly ActionExecution[] {
  return [...(rollback?.inherited ?? []), ...actions].filter(
    ({ status, retired }) => status === 'Succeeded' && !retired,
  );
}

function valuesOf(
  namespace: string,
  execution: Execution,
  stages: Declaration['stages'],
): Readonly<Record<string, string>> | undefined {
  if (namespace === 'variables') return execution.variables;
  if (namespace === 'codepipeline') return { PipelineExecutionId: execution.id };
  for (const { name: stage, actions } of stages) {
    const action = actions.find((candidate) => candidate.namespace === namespace);
    if (!action) continue;
    return succeededRuns(execution).findLast((run) => run.stage === stage && run.action === action.name)?.variables;
  }
  return undefined;
}
