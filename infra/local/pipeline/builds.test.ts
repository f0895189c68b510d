import {
  ListBuildsCommand,
  ListBuildsForProjectCommand,
  RetryBuildCommand,
  StopBuildCommand,
} from '@aws-sdk/client-codebuild';
import { execFile } from 'node:child_process';
import { strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driveBuilds } from './testing/drive-builds.ts';
import { type GivenPipelines, givenPipelines } from './testing/given-pipelines.ts';
import { finished } from './testing/observe.ts';

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

/** Whether any process of the machine has this text in its command line. */
async function runs(text: string): Promise<boolean> {
  return await new Promise((resolve) => execFile('pgrep', ['-f', text], (error) => resolve(!error)));
}

describe('a build', () => {
  test('runs its phases in one shell and answers what they exported', async () => {
    await builds.project('phases', {
      env: { shell: 'bash', 'exported-variables': ['MADE', 'UNSET'] },
      phases: {
        install: { commands: ['MADE=one', 'cd /'] },
        pre_build: { commands: ['echo "in $PWD with $MADE"'] },
        build: { commands: ['export MADE="$MADE two\nlines"'], finally: ['echo at last'] },
        post_build: { commands: ['echo succeeding $CODEBUILD_BUILD_SUCCEEDING'] },
      },
    });
    const build = await builds.run('phases');
    expect(build).toMatchObject({
      buildStatus: 'SUCCEEDED',
      currentPhase: 'COMPLETED',
      buildNumber: 1,
      initiator: 'root',
    });
    expect(build.exportedEnvironmentVariables).toEqual([{ name: 'MADE', value: 'one two\nlines' }]);
    expect(build.phases?.map(({ phaseType }) => phaseType)).toEqual([
      'SUBMITTED',
      'QUEUED',
      'PROVISIONING',
      'DOWNLOAD_SOURCE',
      'INSTALL',
      'PRE_BUILD',
      'BUILD',
      'POST_BUILD',
      'UPLOAD_ARTIFACTS',
      'FINALIZING',
      'COMPLETED',
    ]);
    expect(build.phases?.slice(0, -1).every(({ phaseStatus, endTime }) => phaseStatus === 'SUCCEEDED' && endTime)).toBe(
      true,
    );
    expect(build.logs).toMatchObject({ groupName: '/aws/codebuild/phases', streamName: build.id?.split(':')[1] });
    expect(builds.log('phases')).toEqual(expect.arrayContaining(['in / with one', 'at last', 'succeeding 1']));
  });

  test('that fails says which command and how, still runs POST_BUILD, and nothing after what aborts', async () => {
    await builds.project('failing', {
      phases: {
        build: { commands: ['echo before', 'exit 7', 'echo never'], finally: ['echo cleanup'] },
        post_build: { commands: ['echo after $CODEBUILD_BUILD_SUCCEEDING'] },
      },
    });
    const build = await builds.run('failing');
    expect(build.buildStatus).toBe('FAILED');
    const phase = build.phases?.find(({ phaseType }) => phaseType === 'BUILD');
    expect(phase).toMatchObject({
      phaseStatus: 'FAILED',
      contexts: [
        {
          statusCode: 'COMMAND_EXECUTION_ERROR',
          message: 'Error while executing command: exit 7. Reason: exit status 7',
        },
      ],
    });
    expect(builds.log('failing')).toEqual(expect.arrayContaining(['before', 'cleanup', 'after 0']));
    expect(builds.log('failing')).not.toContain('never');

    await builds.project('aborting', {
      phases: { install: { commands: ['false'] }, build: { commands: ['echo never'] } },
    });
    expect((await builds.run('aborting')).phases?.map(({ phaseType }) => phaseType)).not.toContain('BUILD');
    expect(builds.log('aborting')).not.toContain('never');

    await builds.project('continuing', {
      phases: { install: { commands: ['false'], 'on-failure': 'CONTINUE' }, build: { commands: ['echo goes on'] } },
    });
    expect((await builds.run('continuing')).buildStatus).toBe('FAILED');
    expect(builds.log('continuing')).toContain('goes on');
  });

  test('takes what a variable holds as text, whatever it holds', async () => {
    const value = `'; touch /tmp/pwned "$(id)" \`id\` \\ $HOME #{a.b} && exit 9\nnext`;
    await builds.project('text', { phases: { build: { commands: ['node -p "JSON.stringify(process.env.VALUE)"'] } } });
    const build = await builds.run('text', {
      environmentVariablesOverride: [{ name: 'VALUE', value, type: 'PLAINTEXT' }],
    });
    expect(build.buildStatus).toBe('SUCCEEDED');
    expect(builds.log('text')).toContain(JSON.stringify(value));
  });

  test('knows nothing of the host but the way to this cloud', async () => {
    process.env['HOST_SECRET'] = 'host-secret';
    await builds.project('bare', {
      env: { variables: { OWN: 'buildspec', OVER: 'buildspec' } },
      phases: { build: { commands: ['env', 'which node', 'pwd; ls -A'] } },
    });
    const build = await builds.run('bare', {
      environmentVariablesOverride: [{ name: 'OVER', value: 'start', type: 'PLAINTEXT' }],
    });
    delete process.env['HOST_SECRET'];
    const lines = builds.log('bare');
    expect(lines.join('\n')).not.toContain('host-secret');
    expect(lines).toEqual(
      expect.arrayContaining([
        `AWS_ENDPOINT_URL=${given.cloud.endpoint}`,
        'AWS_REGION=us-east-1',
        'OWN=buildspec',
        'OVER=start',
        `CODEBUILD_BUILD_ID=${build.id}`,
        'CODEBUILD_BUILD_NUMBER=1',
        process.execPath,
      ]),
    );
    expect(lines.some((line) => line.startsWith('NODE_EXTRA_CA_CERTS=/'))).toBe(true);
  });

  test('shows no secret in its log', async () => {
    given.parameters.set('/app/key', 'parameter-secret');
    await builds.project('secrets', {
      env: { 'parameter-store': { KEY: '/app/key' } },
      phases: { build: { commands: ['echo "key $KEY, length ${#KEY}"'] } },
    });
    expect((await builds.run('secrets')).buildStatus).toBe('SUCCEEDED');
    expect(builds.log('secrets')).toContain('key ***, length 16');
    expect(builds.log('secrets').join('\n')).not.toContain('parameter-secret');
  });

  test('unpacks its source, modes included, and puts what it made into S3', async () => {
    const script = 'mkdir -p out/deep; echo hi > out/deep/a.txt; echo no > out/b.log';
    const buildspec = {
      version: '0.2',
      phases: { build: { commands: ['./run.sh'] } },
      artifacts: { 'base-directory': 'out', files: ['**/*'], 'exclude-paths': ['*.log'] },
    };
    const files: Zippable = {
      'buildspec.yml': strToU8(JSON.stringify(buildspec)),
      'run.sh': [strToU8(`#!/bin/sh\n${script}\n`), { os: 3, attrs: 0o100755 << 16 }],
    };
    await given.objects.write('code', 'source.zip', zipSync(files));
    await given.project('packaging', '', {
      Source: { Type: 'S3', Location: 'code/source.zip' },
      Artifacts: {
        Type: 'S3',
        Location: 'made',
        Path: 'to',
        Name: 'out.zip',
        NamespaceType: 'BUILD_ID',
        Packaging: 'ZIP',
      },
    });
    const build = await builds.run('packaging');
    expect(build).toMatchObject({ buildStatus: 'SUCCEEDED', resolvedSourceVersion: 'v1' });
    const key = `to/${build.id?.split(':')[1]}/out.zip`;
    expect(build.artifacts?.location).toBe(`arn:aws:s3:::made/${key}`);
    expect(Object.keys(unzipSync(await given.objects.read('made', key)))).toEqual(['deep/a.txt']);
  });

  test('is ended by a stop, with all that it started', async () => {
    const mark = `sleep 98${Math.floor(Math.random() * 1e6)}`;
    await builds.project('endless', {
      phases: { build: { commands: [`${mark} & ${mark}`] }, post_build: { commands: ['echo never'] } },
    });
    const id = await builds.start('endless');
    await expect.poll(() => runs(mark), finished).toBe(true);
    const { build } = await given.codebuild.send(new StopBuildCommand({ id }));
    expect(build).toMatchObject({ buildStatus: 'STOPPED', buildComplete: true });
    expect(build?.phases?.find(({ phaseType }) => phaseType === 'BUILD')?.phaseStatus).toBe('STOPPED');
    expect(await runs(mark)).toBe(false);
    expect(builds.log('endless')).not.toContain('never');
    const again = await given.codebuild.send(new StopBuildCommand({ id }));
    expect(again.build?.buildStatus).toBe('STOPPED');
  });

  test('leaves nothing running once it has ended', async () => {
    const mark = `sleep 97${Math.floor(Math.random() * 1e6)}`;
    await builds.project('leaving', { phases: { build: { commands: [`${mark} &`] } } });
    expect((await builds.run('leaving')).buildStatus).toBe('SUCCEEDED');
    expect(await runs(mark)).toBe(false);
  });

  test('waits for its turn beyond the limit, and can be stopped while it waits', async () => {
    await builds.project('turns', { phases: { build: { commands: ['sleep 0.2'] } } });
    const ids = await Promise.all(Array.from({ length: 7 }, () => builds.start('turns')));
    const waiting = (await builds.buildOf(ids[6] as string)).currentPhase;
    expect(waiting).toBe('QUEUED');
    await given.codebuild.send(new StopBuildCommand({ id: ids[6] as string }));
    const made = await Promise.all(ids.map(builds.ended));
    expect(made.map(({ buildStatus }) => buildStatus)).toEqual([...Array<string>(6).fill('SUCCEEDED'), 'STOPPED']);
    const spans = made.slice(0, 6).map(({ phases = [] }) => {
      const phase = phases.find(({ phaseType }) => phaseType === 'BUILD');
      return [phase?.startTime?.getTime() ?? 0, phase?.endTime?.getTime() ?? 0] as const;
    });
    const most = Math.max(...spans.map(([at]) => spans.filter(([from, to]) => from <= at && at < to).length));
    expect(most).toBeLessThanOrEqual(4);
  });

  test('tells the bus when it starts and how it ended', async () => {
    await builds.project('told', { phases: { build: { commands: ['true'] } } });
    const { arn } = await builds.run('told');
    const states = given.told
      .filter(({ resources }) => resources?.[0] === arn)
      .map(({ detailType, source, detail }) => {
        const { 'build-status': status, 'build-id': id, 'project-name': name } = detail as Record<string, string>;
        return { detailType, source, status, id, name };
      });
    const common = { detailType: 'CodeBuild Build State Change', source: 'aws.codebuild', id: arn, name: 'told' };
    expect(states).toEqual([
      { ...common, status: 'IN_PROGRESS' },
      { ...common, status: 'SUCCEEDED' },
    ]);
  });

  test('is made once under a token, and again by a retry', async () => {
    await builds.project('once', { phases: { build: { commands: ['true'] } } });
    const [first, second] = await Promise.all([
      builds.start('once', { idempotencyToken: 'a' }),
      builds.start('once', { idempotencyToken: 'a' }),
    ]);
    expect(second).toBe(first);
    await builds.ended(first);
    const { build } = await given.codebuild.send(new RetryBuildCommand({ id: first }));
    expect((await builds.ended(build?.id as string)).buildNumber).toBe(2);
    const listed = await given.codebuild.send(new ListBuildsForProjectCommand({ projectName: 'once' }));
    expect(listed.ids).toEqual([build?.id, first]);
    expect((await given.codebuild.send(new ListBuildsCommand({}))).ids).toEqual(expect.arrayContaining([first]));
  });
});
