import { writeFile } from 'node:fs/promises';
import { RetryStageExecutionCommand } from '@aws-sdk/client-codepipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildAction, sourceStage, zipOf, type GivenPipelines, givenPipelines } from './testing/given-pipelines.ts';
import { stageOf, tenant, givenProjects, observe } from './testing/observe.ts';

let given: GivenPipelines;
let observed: ReturnType<typeof observe>;
beforeAll(async () => {
  given = await givenPipelines();
  observed = observe(given);
  await givenProjects(given);
});
afterAll(async () => {
  await given.stop();
  expect(given.cloud.faults).toEqual([]);
});

describe('a pipeline with an S3 source and a build', () => {
  beforeAll(async () => {
    const variables = { TENANT_ID: '#{variables.TENANT_ID}', RUN: '#{codepipeline.PipelineExecutionId}' };
    await given.pipeline('silo', [
      sourceStage,
      stageOf('Run', buildAction('provision', variables, { Namespace: 'run', OutputArtifacts: [{ Name: 'Made' }] })),
      stageOf('Again', buildAction('provision', { TENANT_ID: '#{run.MADE} at #{source.VersionId}' })),
    ]);
  });

  test('runs the program with the variables of its start and tells the bus of each step', async () => {
    const id = await given.start('silo', tenant('acme'));
    await observed.becomes('silo', id, 'Succeeded');
    expect(given.logOf('/aws/codebuild/provision')).toContain(`for acme by ${id}`);
    // Output variables of an action reach the ones after it.
    expect(given.logOf('/aws/codebuild/provision')).toContain('for by acme at v1 by undefined');
    expect(observed.statesOf(id)).toEqual([
      'Pipeline STARTED',
      'Stage Source STARTED',
      'Action Source Fetch STARTED',
      'Action Source Fetch SUCCEEDED',
      'Stage Source SUCCEEDED',
      'Stage Run STARTED',
      'Action Run Run STARTED',
      'Action Run Run SUCCEEDED',
      'Stage Run SUCCEEDED',
      'Stage Again STARTED',
      'Action Again Run STARTED',
      'Action Again Run SUCCEEDED',
      'Stage Again SUCCEEDED',
      'Pipeline SUCCEEDED',
    ]);
    const [started] = given.told;
    expect(started).toMatchObject({
      busName: 'default',
      resources: ['arn:aws:codepipeline:us-east-1:000000000000:silo'],
      detail: {
        pipeline: 'silo',
        version: 1,
        'pipeline-execution-attempt': 1,
        'execution-trigger': { 'trigger-type': 'StartPipelineExecution' },
      },
    });
    expect(await given.execution('silo', id)).toMatchObject({
      executionMode: 'PARALLEL',
      variables: [{ name: 'TENANT_ID', resolvedValue: 'acme' }],
      artifactRevisions: [{ name: 'Program', revisionId: 'v1' }],
    });
    const [last, , source] = await observed.actionsOf('silo', id);
    expect(last?.input?.resolvedConfiguration?.['EnvironmentVariables']).toContain('by acme at v1');
    expect(source?.output?.outputVariables).toMatchObject({ VersionId: 'v1', ETag: 'etag-v1' });
  });

  test('takes a value as text, whatever it holds', async () => {
    const value = `"},{"name":"X","value":"1 #{run.MADE} $(touch /tmp/pwned) '; exit 9 #`;
    const id = await given.start('silo', tenant(value));
    await observed.becomes('silo', id, 'Succeeded');
    expect(given.logOf('/aws/codebuild/provision')).toContain(`for ${value} by ${id}`);
  });

  test('makes one execution of starts with one token, at once or later', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => given.start('silo', { clientRequestToken: 'run-1', ...tenant('one') })),
    );
    expect(new Set(ids).size).toBe(1);
    await observed.becomes('silo', ids[0] as string, 'Succeeded');
    expect(await given.start('silo', { clientRequestToken: 'run-1' })).toBe(ids[0]);
    expect(await given.start('silo', { clientRequestToken: 'run-2' })).not.toBe(ids[0]);
  });

  test('runs the version of the source that a start names', async () => {
    const { VersionId } = { VersionId: 'v1' };
    await given.objects.write('source', 'program.zip', zipOf({ 'index.mjs': "console.log('version two');" }));
    const revision = (value: string) => ({
      sourceRevisions: [{ actionName: 'Fetch', revisionType: 'S3_OBJECT_VERSION_ID' as const, revisionValue: value }],
    });
    const old = await given.start('silo', revision(VersionId));
    await observed.becomes('silo', old, 'Succeeded');
    expect(given.logOf('/aws/codebuild/provision')).not.toContain('version two');
    const none = await given.start('silo', revision('nope'));
    await observed.becomes('silo', none, 'Failed');
    await observed.becomes('silo', await given.start('silo'), 'Succeeded');
    expect(given.logOf('/aws/codebuild/provision')).toContain('version two');
    await expect(
      given.start('silo', {
        sourceRevisions: [{ actionName: 'x', revisionType: 'S3_OBJECT_KEY', revisionValue: 'x' }],
      }),
    ).rejects.toThrow(/no source action x/);
  });

  test('finishes twenty at once, each with its own variables', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `many-${index}`);
    await given.pipeline('many', [
      sourceStage,
      stageOf('Run', buildAction('provision', { TENANT_ID: '#{variables.TENANT_ID}' }, { Namespace: 'run' })),
    ]);
    const ids = await Promise.all(names.map((name) => given.start('many', tenant(name))));
    await Promise.all(ids.map((id) => observed.becomes('many', id, 'Succeeded')));
    const made = await Promise.all(
      ids.map(async (id) => (await observed.actionsOf('many', id))[0]?.output?.outputVariables?.['MADE']),
    );
    expect(made).toEqual(names.map((name) => `by ${name}`));
  }, 60_000);
});

describe('an execution that fails', () => {
  test('says why, and goes on from the failed action when its stage is retried', async () => {
    await given.pipeline('flaky', [
      sourceStage,
      stageOf(
        'Run',
        buildAction('provision', { TENANT_ID: 'x' }, { Name: 'First' }),
        buildAction('flaky', { TENANT_ID: '#{variables.TENANT_ID}' }, { RunOrder: 2 }),
      ),
      stageOf('After', buildAction('provision', { TENANT_ID: 'after' })),
    ]);
    const id = await given.start('flaky', tenant('a'));
    await observed.becomes('flaky', id, 'Failed');
    const [failed] = await observed.actionsOf('flaky', id);
    expect(failed?.output?.executionResult?.errorDetails).toMatchObject({
      code: 'JobFailed',
      message: expect.stringMatching(/state: FAILED. COMMAND_EXECUTION_ERROR: .*exit status 1/),
    });
    const retry = (stageName: string, retryMode: 'FAILED_ACTIONS' | 'ALL_ACTIONS' = 'FAILED_ACTIONS') =>
      given.codepipeline.send(
        new RetryStageExecutionCommand({ pipelineName: 'flaky', pipelineExecutionId: id, stageName, retryMode }),
      );
    await expect(retry('Nope')).rejects.toMatchObject({ name: 'StageNotFoundException' });
    await expect(retry('After')).rejects.toMatchObject({ name: 'StageNotRetryableException' });
    await writeFile(`${given.cloud.environment.folder}/fixed-a`, '');
    await retry('Run');
    await observed.becomes('flaky', id, 'Succeeded');
    const runs = (await observed.actionsOf('flaky', id)).map(({ actionName, status }) => `${actionName} ${status}`);
    expect(runs.sort()).toEqual(['Fetch Succeeded', 'First Succeeded', 'Run Failed', 'Run Succeeded', 'Run Succeeded']);
    expect(observed.statesOf(id)).toContain('Pipeline RESUMED');
    await expect(retry('Run')).rejects.toMatchObject({ name: 'StageNotRetryableException' });
  });

  test('does so for a variable that nothing answers, and for a project that is not there', async () => {
    await given.pipeline('unanswered', [
      sourceStage,
      stageOf('Run', buildAction('provision', { A: '#{nobody.KNOWS}' })),
    ]);
    const id = await given.start('unanswered');
    await observed.becomes('unanswered', id, 'Failed');
    expect((await observed.actionsOf('unanswered', id))[0]?.output?.executionResult?.errorDetails).toMatchObject({
      code: 'ConfigurationError',
      message: expect.stringContaining('#{nobody.KNOWS}'),
    });
    await given.pipeline('unmade', [sourceStage, stageOf('Run', buildAction('no-such-project', {}))]);
    await observed.becomes('unmade', await given.start('unmade'), 'Failed');
  });
});
