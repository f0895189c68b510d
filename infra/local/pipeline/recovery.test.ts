import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { driveBuilds } from './testing/drive-builds.ts';
import { buildAction, type GivenPipelines, givenPipelines, sourceStage } from './testing/given-pipelines.ts';
import { finished, givenProjects, observe, stageOf, tenant } from './testing/observe.ts';

let given: GivenPipelines;
let observed: ReturnType<typeof observe>;
let builds: ReturnType<typeof driveBuilds>;
beforeAll(async () => {
  given = await givenPipelines({ concurrentBuilds: 1 });
  observed = observe(given);
  builds = driveBuilds(given);
  await givenProjects(given);
});
afterAll(async () => {
  await given.stop();
  expect(given.cloud.faults).toEqual([]);
});

async function runs(command: string): Promise<boolean> {
  return await new Promise((answer) => execFile('pgrep', ['-f', `^${command}$`], (error) => answer(!error)));
}

test('a pipeline whose host ends during its build starts the build again, and tells each step', async () => {
  const folder = given.cloud.environment.folder;
  // The first time it waits for good, the second time it is done at once.
  const command = `[ -e ${folder}/seen ] || { touch ${folder}/seen; sleep 300; }`;
  await given.project('cut-off', { version: '0.2', phases: { build: { commands: [command] } } });
  await given.pipeline('cut-off', [sourceStage, stageOf('Run', buildAction('cut-off', {}))]);
  const id = await given.start('cut-off');
  await expect.poll(() => existsSync(`${folder}/seen`), finished).toBe(true);
  await given.restart();
  await observed.becomes('cut-off', id, 'Succeeded');
  const statuses = given.told
    .filter(({ source }) => source === 'aws.codebuild')
    .map(({ detail }) => (detail as Record<string, string>)['build-status']);
  expect(statuses).toEqual(['IN_PROGRESS', 'FAULT', 'IN_PROGRESS', 'SUCCEEDED']);
  const states = observed.statesOf(id);
  expect(states.filter((state) => state === 'Action Run Run STARTED')).toHaveLength(1);
  expect(states.at(-1)).toBe('Pipeline SUCCEEDED');
});

test('a build of its own that is cut off is at fault; what waited for its turn has it after the restart', async () => {
  await builds.project('alone', { phases: { build: { commands: ['echo runs; sleep 300'] } } });
  await builds.project('waiting', { phases: { build: { commands: ['true'] } } });
  const running = await builds.start('alone');
  await expect.poll(() => builds.log('alone').includes('runs'), finished).toBe(true);
  const waiting = await builds.start('waiting');
  await given.restart();
  expect(await builds.ended(running)).toMatchObject({ buildStatus: 'FAULT' });
  expect(await builds.ended(waiting)).toMatchObject({ buildStatus: 'SUCCEEDED' });
  expect(readdirSync(join(given.cloud.environment.folder, 'codebuild'))).toEqual(['certificate-authority.pem']);
});

test('executions that waited for their stage go on in their order', async () => {
  await given.pipeline('waiting', [sourceStage, stageOf('Run', buildAction('slow', {}))], { ExecutionMode: 'QUEUED' });
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) ids.push(await given.start('waiting', tenant(name)));
  await given.restart();
  for (const id of ids) await observed.becomes('waiting', id, 'Succeeded');
  const ends = given.told
    .map(({ detail }) => detail as Record<string, string>)
    .filter(({ pipeline, state, stage }) => pipeline === 'waiting' && state === 'SUCCEEDED' && stage === undefined)
    .map((detail) => detail['execution-id']);
  expect(ends).toEqual(ids);
});

test('a token is known after a restart', async () => {
  const id = await given.start('waiting', { clientRequestToken: 'kept' });
  await given.restart();
  expect(await given.start('waiting', { clientRequestToken: 'kept' })).toBe(id);
});

test('a host that is killed leaves no process of a build', async () => {
  const mark = `sleep 96${Math.floor(Math.random() * 1e6)}`;
  const program = resolve('infra/local/pipeline/testing/doomed-host.ts');
  const host = spawn(process.execPath, [resolve('bin/run.mjs'), program, mark], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(host.stdout, 'data');
  expect(await runs(mark)).toBe(true);
  host.kill('SIGKILL');
  await expect.poll(() => runs(mark), finished).toBe(false);
});
