import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  ListProjectsCommand,
  StopBuildCommand,
  type Build,
} from '@aws-sdk/client-codebuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { direct, driveBuilds } from './testing/drive-builds.ts';
import { type GivenPipelines, givenPipelines, zipOf } from './testing/given-pipelines.ts';

let given: GivenPipelines;
let builds: ReturnType<typeof driveBuilds>;
beforeAll(async () => {
  given = await givenPipelines();
  builds = driveBuilds(given);
});
afterAll(async () => {
  await given.stop();
  expect(given.cloud.faults).toEqual([]);
});

describe('what cannot be', () => {
  const contextOf = (build: Build) =>
    build.phases?.flatMap(({ contexts = [] }) => contexts).find(({ statusCode }) => statusCode);

  test.each([
    ['no YAML', '{{{', 'YAML_FILE_ERROR', /no YAML/],
    ['another version', 'version: 0.1\nphases: {}', 'YAML_FILE_ERROR', /version: expected 0.2/],
    ['a part that is not supported', 'version: 0.2\nphases: {}\nbatch: {}', 'YAML_FILE_ERROR', /"batch"/],
    [
      'a parameter that is not there',
      'version: 0.2\nenv: {parameter-store: {A: nope}}\nphases: {}',
      'CLIENT_ERROR',
      /nope/,
    ],
    ['a file outside of the source', '../../buildspec.yml', 'YAML_FILE_ERROR', /outside of the source/],
  ])('%s in a buildspec fails the build and says why', async (name, buildspec, statusCode, message) => {
    const own = name.replaceAll(' ', '-');
    await builds.project(own, buildspec);
    const build = await builds.run(own);
    expect(build.buildStatus).toBe('FAILED');
    expect(contextOf(build)).toMatchObject({ statusCode, message: expect.stringMatching(message) });
  });

  test('a source that is no zip, or that names files outside, fails the build', async () => {
    await given.objects.write('code', 'bad.zip', Buffer.from('no zip'));
    await given.objects.write('code', 'evil.zip', zipOf({ '../../evil': 'x' }));
    for (const [key, message] of [
      ['bad', /no zip/],
      ['evil', /outside of it/],
      ['none', /does not exist/],
    ] as const) {
      await given.project(`source-${key}`, 'version: 0.2\nphases: {}', {
        ...direct,
        Source: { Type: 'S3', Location: `code/${key}.zip` },
      });
      const build = await builds.run(`source-${key}`);
      expect(build.buildStatus).toBe('FAILED');
      expect(contextOf(build)?.message).toMatch(message);
    }
  });

  test.each(['nope', '../../etc', 'a/b', 'a\0b', ''])('a project named %j is not found', async (projectName) => {
    await expect(builds.start(projectName)).rejects.toMatchObject({
      name: projectName === '' ? 'InvalidInputException' : 'ResourceNotFoundException',
    });
    const answer = given.codebuild.send(new BatchGetProjectsCommand({ names: [projectName] }));
    expect((await answer).projectsNotFound).toEqual([projectName]);
  });

  test.each([
    ['a name with a path', { Name: '../evil' }, /name|expected 2 to 255/],
    [
      'a variable of CodeBuild',
      {
        Environment: {
          Type: 'L',
          Image: 'i',
          ComputeType: 'c',
          EnvironmentVariables: [{ Name: 'CODEBUILD_X', Value: '1' }],
        },
      },
      /reserved/,
    ],
    ['a part that is not supported', { Cache: { Type: 'S3', Location: 'x' } }, /cache/],
    ['another source', { Source: { Type: 'GITHUB', Location: 'x' } }, /source.type/],
  ])('%s is refused before anything is made', async (_, properties, message) => {
    await expect(builds.project('refused', { phases: {} }, properties)).rejects.toThrow(message);
    expect((await given.codebuild.send(new ListProjectsCommand({}))).projects).not.toContain('refused');
  });

  test('a limit of builds that is reached refuses the next', async () => {
    await builds.project('one', { phases: { build: { commands: ['sleep 30'] } } }, { ConcurrentBuildLimit: 1 });
    const id = await builds.start('one');
    await expect(builds.start('one')).rejects.toMatchObject({ name: 'AccountLimitExceededException' });
    await given.codebuild.send(new StopBuildCommand({ id }));
    await given.codebuild.send(new StopBuildCommand({ id: await builds.start('one') }));
  });

  test('a build that is not there cannot be stopped, and is named as not found', async () => {
    const stop = given.codebuild.send(new StopBuildCommand({ id: 'nope:1' }));
    await expect(stop).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { buildsNotFound } = await given.codebuild.send(new BatchGetBuildsCommand({ ids: ['nope:1'] }));
    expect(buildsNotFound).toEqual(['nope:1']);
  });
});
