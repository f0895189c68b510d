import { z } from 'zod';
import type { Operation } from '../../../service.ts';
import { pageOf } from '../../read-input.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, name, page, pageError } from './operation.ts';

/** GetPipeline and ListPipelines. */
export function pipelineQueries(store: PipelineStore): Record<string, Operation> {
  const input = z.object({ name, version: z.int().min(1).optional() });
  return {
    GetPipeline: codepipelineOperation(input, (call, { name: pipelineName, version: wanted }) => {
      call.authorize('codepipeline:GetPipeline', store.arn(pipelineName));
      const { version, createdAt, updatedAt } = store.pipelineOf(pipelineName);
      const declaration = store.structureOf(pipelineName, wanted ?? version);
      return {
        pipeline: { ...declaration, version: wanted ?? version },
        metadata: { pipelineArn: store.arn(pipelineName), created: new Date(createdAt), updated: new Date(updatedAt) },
      };
    }),

    ListPipelines: codepipelineOperation(z.object(page), (call, { nextToken: token, maxResults: size }) => {
      call.authorize('codepipeline:ListPipelines', store.arn('*'));
      const all = [...store.pipelines.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
      const { items, nextToken } = pageOf(all, { size, token, code: pageError });
      const pipelines = items.map((pipeline) => ({
        name: pipeline.name,
        version: pipeline.version,
        pipelineType: pipeline.declaration.pipelineType,
        executionMode: pipeline.declaration.executionMode,
        created: new Date(pipeline.createdAt),
        updated: new Date(pipeline.updatedAt),
      }));
      return { pipelines, nextToken };
    }),
  };
}
