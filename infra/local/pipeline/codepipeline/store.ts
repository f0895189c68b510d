import { AwsError } from '../../errors.ts';
import type { PipelineDependencies } from '../dependencies.ts';
import { createOutbox } from '../outbox.ts';
import type { Declaration } from './definition/declaration.ts';
import { type Change, changeEvent } from './events.ts';
import type { ActionExecution, Execution, Pipeline } from './model.ts';

export type PipelineStore = ReturnType<typeof createPipelineStore>;

export function createPipelineStore({ state, environment, clock, events, newId }: PipelineDependencies) {
  const pipelines = state.collection<Pipeline>('codepipeline/pipelines');
  /** Structures by `<pipeline>/<version>`: executions run the one that they began with. */
  const structures = state.collection<Declaration>('codepipeline/structures');
  const executions = state.collection<Execution>('codepipeline/executions');
  const outbox = createOutbox(executions, events, newId);
  const { partition, region, accountId } = environment;

  // Every look-up of an execution is by its pipeline: what is on disk is indexed once.
  const byPipeline = new Map<string, Set<string>>();
  const byToken = new Map<string, string>();
  const index = ({ id, pipeline, token }: Execution): void => {
    byPipeline.set(pipeline, (byPipeline.get(pipeline) ?? new Set()).add(id));
    if (token !== undefined) byToken.set(`${pipeline}/${token}`, id);
  };
  const oldestFirst = [...executions.values()].sort((left, right) => left.startedAt - right.startedAt);
  for (const execution of oldestFirst) index(execution);

  const store = {
    pipelines,
    structures,
    executions,
    clock,
    environment,
    newId,
    resume: outbox.resume,
    arn: (pipeline: string, ...parts: readonly string[]): string =>
      [`arn:${partition}:codepipeline:${region}:${accountId}:${pipeline}`, ...parts].join('/'),

    pipelineOf(name: string): Pipeline {
      const pipeline = pipelines.get(name);
      if (!pipeline)
        throw new AwsError(
          'PipelineNotFoundException',
          `Account '${accountId}' does not have a pipeline with name '${name}'`,
        );
      return pipeline;
    },
    structureOf(pipeline: string, version: number): Declaration {
      const structure = structures.get(`${pipeline}/${version}`);
      if (!structure)
        throw new AwsError('PipelineVersionNotFoundException', `Pipeline ${pipeline} has no version ${version}`);
      return structure;
    },
    async savePipeline(pipeline: Pipeline): Promise<void> {
      const { name, version, declaration } = pipeline;
      await Promise.all([structures.put(`${name}/${version}`, declaration), pipelines.put(name, pipeline)]);
    },

    executionOf(pipeline: string, id: string): Execution {
      const execution = executions.get(id);
      if (execution?.pipeline !== pipeline)
        throw new AwsError(
          'PipelineExecutionNotFoundException',
          `The execution with ID '${id}' does not exist for pipeline '${pipeline}'`,
        );
      return execution;
    },
    /** In the order in which they were started. */
    executionsOf: (pipeline: string): Execution[] =>
      [...(byPipeline.get(pipeline) ?? [])].flatMap((id) => executions.get(id) ?? []),
    executionOfToken: (pipeline: string, token: string): Execution | undefined =>
      executions.get(byToken.get(`${pipeline}/${token}`) ?? ''),

    /** Puts an execution, and tells the bus of its changes. */
    save(execution: Execution, changes: readonly Change[] = []): Promise<void> {
      index(execution);
      return outbox.save(
        execution.id,
        { ...execution, updatedAt: clock.now() },
        changes.map((change) => changeEvent(store, execution, change)),
      );
    },
    /** Changes one run of an action. */
    saveAction(
      executionId: string,
      actionId: string,
      changes: Partial<ActionExecution>,
      told: readonly Change[] = [],
    ): Promise<void> {
      const execution = executions.get(executionId);
      if (!execution) return Promise.resolve();
      const actions = execution.actions.map((action) =>
        action.id === actionId ? { ...action, ...changes, updatedAt: clock.now() } : action,
      );
      return store.save({ ...execution, actions }, told);
    },
    /** Forgets a pipeline with all that it has run. */
    async remove(name: string): Promise<void> {
      for (const { id, token } of store.executionsOf(name)) {
        await executions.delete(id);
        if (token !== undefined) byToken.delete(`${name}/${token}`);
      }
      byPipeline.delete(name);
      for (const key of [...structures.ids()]) if (key.startsWith(`${name}/`)) await structures.delete(key);
      await pipelines.delete(name);
    },
  };
  return store;
}
