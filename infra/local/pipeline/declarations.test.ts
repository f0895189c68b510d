import {
  CreatePipelineCommand,
  DeletePipelineCommand,
  GetPipelineCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  UpdatePipelineCommand,
} from '@aws-sdk/client-codepipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approvalAction,
  buildAction,
  sourceStage,
  type GivenPipelines,
  givenPipelines,
} from './testing/given-pipelines.ts';
import { finished, stageOf, givenProjects } from './testing/observe.ts';

let given: GivenPipelines;
beforeAll(async () => {
  given = await givenPipelines();
  await givenProjects(given);
  await given.pipeline('silo', [sourceStage, stageOf('Run', buildAction('provision', {}))]);
});
afterAll(async () => {
  await given.stop();
  expect(given.cloud.faults).toEqual([]);
});

describe('pipelines themselves', () => {
  test('are listed, shown, changed and deleted; a new one runs once by itself', async () => {
    const { pipeline } = await given.codepipeline.send(new GetPipelineCommand({ name: 'silo' }));
    expect(pipeline).toMatchObject({ name: 'silo', version: 1, executionMode: 'PARALLEL', pipelineType: 'V2' });
    const copy = { ...pipeline, name: 'copy', variables: [{ name: 'TENANT_ID', defaultValue: 'none' }] } as never;
    await given.codepipeline.send(new CreatePipelineCommand({ pipeline: copy }));
    await expect(given.codepipeline.send(new CreatePipelineCommand({ pipeline: copy }))).rejects.toMatchObject({
      name: 'PipelineNameInUseException',
    });
    const summaries = async () =>
      (await given.codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName: 'copy' })))
        .pipelineExecutionSummaries;
    await expect.poll(async () => (await summaries())?.[0]?.status, finished).toBe('Succeeded');
    expect((await summaries())?.[0]?.trigger?.triggerType).toBe('CreatePipeline');
    const updated = await given.codepipeline.send(new UpdatePipelineCommand({ pipeline: copy }));
    expect(updated.pipeline?.version).toBe(2);
    const { pipelines = [] } = await given.codepipeline.send(new ListPipelinesCommand({}));
    expect(pipelines.map(({ name }) => name)).toEqual(expect.arrayContaining(['copy', 'silo']));
    await given.codepipeline.send(new DeletePipelineCommand({ name: 'copy' }));
    await expect(summaries()).rejects.toMatchObject({ name: 'PipelineNotFoundException' });
  });

  test('their executions are listed page by page, the newest first', async () => {
    const ids = [await given.start('silo'), await given.start('silo'), await given.start('silo')];
    const list = async (more: object) =>
      await given.codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName: 'silo', ...more }));
    const { pipelineExecutionSummaries: first = [], nextToken } = await list({ maxResults: 2 });
    const { pipelineExecutionSummaries: rest = [], nextToken: none } = await list({ maxResults: 2, nextToken });
    expect([...first, ...rest].map(({ pipelineExecutionId }) => pipelineExecutionId)).toEqual(ids.reverse());
    expect(none).toBeUndefined();
    await expect(list({ nextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });

  test.each([
    ['one stage', [sourceStage], {}, /1 stages, expected at least 2/],
    [
      'a source that is polled',
      [
        {
          ...sourceStage,
          Actions: [
            {
              Name: 'F',
              ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'S3', Version: '1' },
              Configuration: { S3Bucket: 'b', S3ObjectKey: 'k' },
              OutputArtifacts: [{ Name: 'P' }],
            },
          ],
        },
        stageOf('Run', buildAction('provision', {})),
      ],
      {},
      /not polled/,
    ],
    [
      'an action that is not here',
      [
        sourceStage,
        stageOf('Run', {
          ...buildAction('x', {}),
          ActionTypeId: { Category: 'Deploy', Owner: 'AWS', Provider: 'ECS', Version: '1' },
        }),
      ],
      {},
      /ECS.*not available/,
    ],
    [
      'a configuration that is not supported',
      [sourceStage, stageOf('Run', { ...approvalAction('A'), Configuration: { NotificationArn: 'x' } })],
      {},
      /NotificationArn/,
    ],
    [
      'an input that nothing makes',
      [sourceStage, stageOf('Run', buildAction('x', {}, { InputArtifacts: [{ Name: 'Nope' }] }))],
      {},
      /Nope/,
    ],
    [
      'a name with a path',
      [sourceStage, stageOf('Run', buildAction('x', {}))],
      { Name: '../evil' },
      /expected 1 to 100/,
    ],
    ['variables in V1', [sourceStage, stageOf('Run', buildAction('x', {}))], { PipelineType: 'V1' }, /V2/],
    [
      'a part that is not supported',
      [sourceStage, { ...(stageOf('Run', buildAction('x', {})) as object), OnFailure: { Result: 'RETRY' } }],
      {},
      /onFailure/,
    ],
  ])('%s is refused', async (_, stages, properties, message) => {
    await expect(given.pipeline('refused', stages as never, properties)).rejects.toThrow(message);
  });

  test.each(['nope', '../silo', 'silo/Run', ''])('a start of %j is refused', async (name) => {
    const known = /^[\w.@-]+$/.test(name);
    await expect(given.start(name)).rejects.toMatchObject({
      name: known ? 'PipelineNotFoundException' : 'ValidationException',
    });
  });

  test('a start with a wrong token, an unknown variable or one too few is refused', async () => {
    await expect(given.start('silo', { clientRequestToken: 'a b' })).rejects.toThrow(/clientRequestToken/);
    await expect(given.start('silo', { variables: [{ name: 'OTHER', value: 'x' }] })).rejects.toThrow(
      /no variable OTHER/,
    );
    await expect(given.start('silo', { variables: [] })).rejects.toThrow(/TENANT_ID has no default/);
  });
});
