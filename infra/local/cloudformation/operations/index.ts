import type { Objects, Operation, State } from '../../service.ts';
import type { EngineContext } from '../engine/context.ts';
import type { StackRunner } from '../engine/stack-runner.ts';
import type { ChangeSet } from './change-set.ts';
import { changeSetOperations } from './change-sets.ts';
import type { ApiContext } from './context.ts';
import { queryOperations } from './queries.ts';
import { stackOperations } from './stacks.ts';
import { templateOperations } from './templates.ts';

export interface OperationsDependencies {
  readonly context: EngineContext;
  readonly runner: StackRunner;
  readonly objects: Pick<Objects, 'read'>;
  readonly state: State;
}

/** Source: AWS CloudFormation API Reference, version 2010-05-15. */
export function cloudFormationOperations({
  context,
  runner,
  objects,
  state,
}: OperationsDependencies): Record<string, Operation> {
  const api: ApiContext = {
    context,
    runner,
    objects,
    changeSets: state.collection<ChangeSet>('cloudformation/change-sets'),
  };
  return { ...stackOperations(api), ...queryOperations(api), ...templateOperations(api), ...changeSetOperations(api) };
}
