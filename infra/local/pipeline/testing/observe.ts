import { ListActionExecutionsCommand } from '@aws-sdk/client-codepipeline';
import { expect } from 'vitest';
import type { JsonObject } from '../../service.ts';
import { type GivenPipelines, zipOf } from './given-pipelines.ts';

export const finished = { timeout: 20_000, interval: 10 };

/** The projects `provision`, `slow`, `endless` and `flaky`, and the source that pipelines of the suites take. */
export async function givenProjects(given: GivenPipelines): Promise<void> {
  const program = 'console.log(`for ${process.env.TENANT_ID} by ${process.env.RUN}`);';
  await given.objects.write('source', 'program.zip', zipOf({ 'index.mjs': program }));
  const buildspec = (commands: readonly string[]) => ({
    version: '0.2',
    env: { 'exported-variables': ['MADE'] },
    phases: { build: { commands } },
    artifacts: { files: ['index.mjs'] },
  });
  await given.project('provision', buildspec(['node index.mjs', 'export MADE="by $TENANT_ID"']));
  await given.project('slow', buildspec(['sleep 0.3']));
  await given.project('endless', buildspec(['sleep 300']));
  // Fails until there is a file `fixed-<tenant>` in the cloud's folder.
  await given.project('flaky', buildspec([`test -e ${given.cloud.environment.folder}/fixed-$TENANT_ID`]));
}

export const stageOf = (name: string, ...actions: readonly JsonObject[]): JsonObject => ({
  Name: name,
  Actions: actions,
});
export const tenant = (value: string) => ({ variables: [{ name: 'TENANT_ID', value }] });

export function observe(given: GivenPipelines) {
  const statusOf = async (pipeline: string, id: string) => (await given.execution(pipeline, id)).status;
  return {
    statusOf,
    becomes: async (pipeline: string, id: string, status: string): Promise<void> =>
      await expect.poll(() => statusOf(pipeline, id), finished).toBe(status),
    /** The newest first. */
    actionsOf: async (pipelineName: string, pipelineExecutionId: string) => {
      const command = new ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId } });
      return (await given.codepipeline.send(command)).actionExecutionDetails ?? [];
    },
    /** What the bus was told of an execution: `Action Run Fetch SUCCEEDED`. */
    statesOf: (id: string) =>
      given.told
        .filter(({ source, detail }) => source === 'aws.codepipeline' && (detail as JsonObject)['execution-id'] === id)
        .map(({ detailType, detail }) => {
          const { stage, action, state } = detail as Record<string, string>;
          return [detailType.split(' ')[1], stage, action, state].filter(Boolean).join(' ');
        }),
  };
}
