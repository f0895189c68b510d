import type { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import type { RolloutTables } from '../layer/rollouts/rollout-store.ts';

export interface Dependencies extends RolloutTables {
  readonly pipeline: Pick<CodePipelineClient, 'send'>;
  readonly pipelineName: string;
}
