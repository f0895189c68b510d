import type { LocalService } from '../service.ts';
import { createCodeBuild } from './codebuild/index.ts';
import { createCodePipeline } from './codepipeline/index.ts';
import type { PipelineDependencies } from './dependencies.ts';

/** CodePipeline and CodeBuild. */
export function createPipelines(dependencies: PipelineDependencies): LocalService {
  const codebuild = createCodeBuild(dependencies);
  const codepipeline = createCodePipeline(dependencies, codebuild);
  return {
    name: 'pipeline',
    apis: [codepipeline.api, codebuild.api],
    providers: [codepipeline.provider, codebuild.provider],
    async start() {
      await Promise.all([codebuild.store.resume(), codepipeline.store.resume()]);
      await codebuild.builds.resume();
      codepipeline.executor.resume();
    },
    async stop() {
      await codepipeline.executor.shutDown();
      await codebuild.builds.shutDown();
    },
  };
}
