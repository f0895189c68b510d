/** Source: AWS CodePipeline user guide, "Monitoring CodePipeline events", pipeline execution state change. */
export interface PipelineEvent {
  readonly source: 'aws.codepipeline';
  readonly detail: { readonly pipeline: string; readonly 'execution-id': string; readonly state: string };
}

/** STOPPED by a person, CANCELED where something else took its place. */
const ended: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'STOPPED', 'CANCELED', 'SUPERSEDED']);

/** Hands on the executions that are over. */
export function followPipeline(settle: (executionId: string) => Promise<void>) {
  return async ({ detail }: PipelineEvent): Promise<void> => {
    if (ended.has(detail.state)) await settle(detail['execution-id']);
  };
}
