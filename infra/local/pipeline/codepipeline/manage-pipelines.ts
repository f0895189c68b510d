import { AwsError } from '../../errors.ts';
import type { Declaration } from './definition/declaration.ts';
import type { Executor } from './execution/executor.ts';
import type { Pipeline } from './model.ts';
import { startExecution } from './operations/start-pipeline-execution.ts';
import type { PipelineStore } from './store.ts';

export interface ManagePipelines {
  /** Throws PipelineNameInUseException. The same creation twice makes one. */
  create(request: {
    readonly declaration: Declaration;
    readonly tags: Pipeline['tags'];
    readonly token?: string | undefined;
    /** Who makes it: what started the first execution. */
    readonly creator: string;
  }): Promise<Pipeline>;
  update(declaration: Declaration, tags?: Pipeline['tags']): Promise<Pipeline>;
  /** With all that it has run; what runs is ended. One that is gone is gone already. */
  delete(name: string): Promise<void>;
}

export function managePipelines(store: PipelineStore, executor: Executor): ManagePipelines {
  return {
    async create({ declaration, tags, token, creator }) {
      const { name } = declaration;
      const existing = store.pipelines.get(name);
      if (existing && (token === undefined || existing.token !== token))
        throw new AwsError('PipelineNameInUseException', `A pipeline with the name '${name}' already exists`);
      const now = store.clock.now();
      const pipeline: Pipeline = { name, version: 1, declaration, createdAt: now, updatedAt: now, tags, token };
      await store.savePipeline(pipeline);
      const values = declaration.variables.map(({ name: variable, defaultValue }) => [variable, defaultValue] as const);
      // A new pipeline runs once by itself, as on AWS; not where a variable has no value.
      if (!existing && values.every(([, value]) => value !== undefined)) {
        await startExecution(store, executor, pipeline, {
          trigger: { type: 'CreatePipeline', detail: creator },
          variables: Object.fromEntries(values) as Record<string, string>,
          sources: [],
          token: undefined,
        });
      }
      return pipeline;
    },

    async update(declaration, tags) {
      const pipeline = store.pipelineOf(declaration.name);
      const updated = {
        ...pipeline,
        version: pipeline.version + 1,
        declaration,
        updatedAt: store.clock.now(),
        tags: tags ?? pipeline.tags,
      };
      await store.savePipeline(updated);
      return updated;
    },

    async delete(name) {
      for (const { id } of store.executionsOf(name)) executor.abandon(id);
      await store.remove(name);
    },
  };
}
