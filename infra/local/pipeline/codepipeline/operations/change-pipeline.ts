import { z } from 'zod';
import type { Call, Operation } from '../../../service.ts';
import { readDeclaration } from '../definition/read-declaration.ts';
import type { Declaration } from '../definition/declaration.ts';
import type { ManagePipelines } from '../manage-pipelines.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, name } from './operation.ts';

const tags = z.array(z.object({ key: z.string(), value: z.string() })).optional();

/** CreatePipeline, UpdatePipeline and DeletePipeline. */
export function pipelineChanges(store: PipelineStore, pipelines: ManagePipelines): Record<string, Operation> {
  const authorize = (call: Call, action: string, declaration: Declaration): void => {
    call.authorize(`codepipeline:${action}`, store.arn(declaration.name));
    call.authorize('iam:PassRole', declaration.roleArn, { 'iam:PassedToService': 'codepipeline.amazonaws.com' });
  };
  const describe = (declaration: Declaration, version: number) => ({ ...declaration, version });

  return {
    CreatePipeline: codepipelineOperation(z.object({ pipeline: z.unknown(), tags }), async (call, input) => {
      const declaration = readDeclaration(input.pipeline);
      authorize(call, 'CreatePipeline', declaration);
      const creator = call.principal.arn;
      const { version } = await pipelines.create({ declaration, tags: input.tags ?? [], creator });
      return { pipeline: describe(declaration, version), tags: input.tags };
    }),
    UpdatePipeline: codepipelineOperation(z.object({ pipeline: z.unknown() }), async (call, input) => {
      const declaration = readDeclaration(input.pipeline);
      authorize(call, 'UpdatePipeline', declaration);
      const { version } = await pipelines.update(declaration);
      return { pipeline: describe(declaration, version) };
    }),
    DeletePipeline: codepipelineOperation(z.object({ name }), async (call, input) => {
      call.authorize('codepipeline:DeletePipeline', store.arn(input.name));
      await pipelines.delete(input.name);
      return {};
    }),
  };
}
