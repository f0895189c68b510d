import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildAction, type GivenPipelines, givenPipelines, sourceStage, zipOf } from './testing/given-pipelines.ts';

const finished = { timeout: 15_000, interval: 10 };

let given: GivenPipelines;
beforeAll(async () => {
  given = await givenPipelines();
  await given.objects.write(
    'source',
    'program.zip',
    zipOf({ 'index.mjs': 'console.log(`for ${process.env.TENANT_ID}`);' }),
  );
});
afterAll(async () => {
  await given.stop();
  expect(given.cloud.faults).toEqual([]);
});
beforeEach(() => {
  given.told.length = 0;
});

const statusOf = async (pipeline: string, id: string) => (await given.execution(pipeline, id)).status;

describe('a pipeline with an S3 source and a build', () => {
  test('runs the program with the variables of its start and tells the bus of each step', async () => {
    await given.project('provision', { version: '0.2', phases: { build: { commands: ['node index.mjs'] } } });
    await given.pipeline('silo', [
      sourceStage,
      { Name: 'Run', Actions: [buildAction('provision', { TENANT_ID: '#{variables.TENANT_ID}' })] },
    ]);
    const id = await given.start('silo', { variables: [{ name: 'TENANT_ID', value: 'acme' }] });
    await expect.poll(() => statusOf('silo', id), finished).toBe('Succeeded');
    expect(given.logOf('/aws/codebuild/provision')).toContain('for acme');
    const states = given.told
      .filter(({ source }) => source === 'aws.codepipeline')
      .map(({ detailType, detail }) => {
        const { stage, action, state } = detail as Record<string, string>;
        return [detailType.split(' ')[1], stage, action, state].filter(Boolean).join(' ');
      });
    expect(states).toEqual([
      'Pipeline STARTED',
      'Stage Source STARTED',
      'Action Source Fetch STARTED',
      'Action Source Fetch SUCCEEDED',
      'Stage Source SUCCEEDED',
      'Stage Run STARTED',
      'Action Run Run STARTED',
      'Action Run Run SUCCEEDED',
      'Stage Run SUCCEEDED',
      'Pipeline SUCCEEDED',
    ]);
  });
});
