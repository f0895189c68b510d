import { jsonProtocol } from '../../front-door/protocols/json.ts';
import type { ApiService, ResourceProvider } from '../../service.ts';
import type { CodeBuild } from '../codebuild/index.ts';
import type { PipelineDependencies } from '../dependencies.ts';
import { createExecutor, type Executor } from './execution/executor.ts';
import { managePipelines } from './manage-pipelines.ts';
import { getPipelineState } from './operations/get-pipeline-state.ts';
import { pipelineQueries } from './operations/get-pipeline.ts';
import { executionQueries } from './operations/list-executions.ts';
import { putApprovalResult } from './operations/put-approval-result.ts';
import { pipelineChanges } from './operations/change-pipeline.ts';
import { rollbackStage } from './operations/rollback-stage.ts';
import { retryStageExecution } from './operations/retry-stage-execution.ts';
import { startPipelineExecution } from './operations/start-pipeline-execution.ts';
import { stopPipelineExecution } from './operations/stop-pipeline-execution.ts';
import { pipelineProvider } from './providers/pipeline.ts';
import { createPipelineStore, type PipelineStore } from './store.ts';

export interface CodePipeline {
  readonly store: PipelineStore;
  readonly executor: Executor;
  readonly api: ApiService;
  readonly provider: ResourceProvider;
}

export function createCodePipeline(dependencies: PipelineDependencies, codebuild: CodeBuild): CodePipeline {
  const store = createPipelineStore(dependencies);
  const executor = createExecutor(store, dependencies, codebuild);
  const pipelines = managePipelines(store, executor);
  const operations = {
    StartPipelineExecution: startPipelineExecution(store, executor),
    StopPipelineExecution: stopPipelineExecution(store, executor),
    PutApprovalResult: putApprovalResult(store, executor),
    RetryStageExecution: retryStageExecution(store, executor),
    RollbackStage: rollbackStage(store, executor),
    ...pipelineChanges(store, pipelines),
    GetPipelineState: getPipelineState(store),
    ...pipelineQueries(store),
    ...executionQueries(store),
  };
  const api = jsonProtocol({
    signingName: 'codepipeline',
    targetPrefix: 'CodePipeline_20150709',
    version: '1.1',
    operations,
  });
  return { store, executor, api, provider: pipelineProvider(pipelines) };
}
