import {
  GetPipelineStateCommand,
  PutApprovalResultCommand,
  RollbackStageCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BusEntry, JsonObject } from '../service.ts';
import {
  approvalAction,
  buildAction,
  sourceStage,
  type GivenPipelines,
  givenPipelines,
} from './testing/given-pipelines.ts';
import { finished, stageOf, tenant, givenProjects, observe } from './testing/observe.ts';

let given: GivenPipelines;
let observed: ReturnType<typeof observe>;
let heard: (entry: BusEntry) => Promise<void> = () => Promise.resolve();
beforeAll(async () => {
  given = await givenPipelines({ hear: (entry) => heard(entry) });
  observed = observe(given);
  await givenProjects(given);
});
afterAll(async () => {
  await given.stop();
  expect(given.cloud.faults).toEqual([]);
});

describe('an approval', () => {
  const answer = (pipelineName: string, token: string, status: 'Approved' | 'Rejected', more = {}) =>
    given.codepipeline.send(
      new PutApprovalResultCommand({
        pipelineName,
        stageName: 'Gate',
        actionName: 'Approve',
        token,
        result: { status, summary: 'seen' },
        ...more,
      }),
    );
  const stages = () => [
    sourceStage,
    stageOf('Gate', approvalAction('Approve')),
    stageOf('Run', buildAction('provision', {})),
  ];

  test('lets the execution go on, once, by the token of the pipeline’s state', async () => {
    await given.pipeline('gated', stages(), { ExecutionMode: 'QUEUED' });
    const id = await given.start('gated', tenant('acme'));
    const state = async () => {
      const { stageStates = [] } = await given.codepipeline.send(new GetPipelineStateCommand({ name: 'gated' }));
      return stageStates[1]?.actionStates?.[0]?.latestExecution;
    };
    await expect.poll(async () => (await state())?.token, finished).toBeTruthy();
    const token = (await state())?.token as string;
    await expect(answer('gated', 'wrong', 'Approved')).rejects.toMatchObject({ name: 'InvalidApprovalTokenException' });
    await expect(answer('gated', token, 'Approved', { stageName: 'Nope' })).rejects.toMatchObject({
      name: 'StageNotFoundException',
    });
    await expect(answer('gated', token, 'Approved', { actionName: 'Nope' })).rejects.toMatchObject({
      name: 'ActionNotFoundException',
    });
    await expect(answer('nope', token, 'Approved')).rejects.toMatchObject({ name: 'PipelineNotFoundException' });
    const answers = await Promise.allSettled([answer('gated', token, 'Approved'), answer('gated', token, 'Rejected')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await observed.becomes('gated', id, 'Succeeded');
    await expect(answer('gated', token, 'Approved')).rejects.toMatchObject({
      name: 'ApprovalAlreadyCompletedException',
    });
    expect(await state()).toMatchObject({
      status: 'Succeeded',
      summary: 'seen',
      lastUpdatedBy: 'arn:aws:iam::000000000000:root',
    });
    const approval = (await observed.actionsOf('gated', id)).find(({ actionName }) => actionName === 'Approve');
    expect(approval?.input?.resolvedConfiguration?.['CustomData']).toBe('for acme');
  });

  test('has its token by the time that its start is told: who is told may answer at once', async () => {
    await given.pipeline('answered-at-once', stages(), { ExecutionMode: 'QUEUED' });
    heard = async ({ detail }) => {
      const { action, state } = detail as JsonObject;
      if (action !== 'Approve' || state !== 'STARTED') return;
      const { stageStates = [] } = await given.codepipeline.send(
        new GetPipelineStateCommand({ name: 'answered-at-once' }),
      );
      await answer('answered-at-once', stageStates[1]?.actionStates?.[0]?.latestExecution?.token ?? 'none', 'Approved');
    };
    await observed.becomes('answered-at-once', await given.start('answered-at-once'), 'Succeeded');
    heard = () => Promise.resolve();
  });

  test('that is rejected fails it; in parallel pipelines the external id is the token', async () => {
    await given.pipeline('parallel-gate', stages());
    const [first, second] = [await given.start('parallel-gate'), await given.start('parallel-gate')];
    const tokenOf = async (id: string) =>
      (await observed.actionsOf('parallel-gate', id)).find(({ actionName }) => actionName === 'Approve')?.output
        ?.executionResult?.externalExecutionId;
    await expect.poll(async () => (await tokenOf(first)) && (await tokenOf(second)), finished).toBeTruthy();
    await answer('parallel-gate', (await tokenOf(second)) as string, 'Rejected');
    await answer('parallel-gate', (await tokenOf(first)) as string, 'Approved');
    await observed.becomes('parallel-gate', second, 'Failed');
    await observed.becomes('parallel-gate', first, 'Succeeded');
  });

  test('still open when the host restarts is still answered', async () => {
    await given.pipeline('restarted-gate', stages(), { ExecutionMode: 'SUPERSEDED' });
    const id = await given.start('restarted-gate');
    const token = async () =>
      (await given.codepipeline.send(new GetPipelineStateCommand({ name: 'restarted-gate' }))).stageStates?.[1]
        ?.actionStates?.[0]?.latestExecution?.token;
    await expect.poll(token, finished).toBeTruthy();
    const before = await token();
    await given.restart();
    await expect.poll(token, finished).toBe(before);
    await answer('restarted-gate', before as string, 'Approved');
    await observed.becomes('restarted-gate', id, 'Succeeded');
  });
});

describe('a stop', () => {
  const stop = (pipelineName: string, pipelineExecutionId: string, abandon = false) =>
    given.codepipeline.send(
      new StopPipelineExecutionCommand({ pipelineName, pipelineExecutionId, abandon, reason: 'enough' }),
    );
  const running = async (name: string, id: string) =>
    await expect
      .poll(
        async () =>
          (
            await observed.actionsOf(name, id)
          ).some(({ actionName, output }) => actionName === 'Run' && output?.executionResult?.externalExecutionId),
        finished,
      )
      .toBe(true);

  test('lets what runs end, and goes no further', async () => {
    await given.pipeline('stopped', [
      sourceStage,
      stageOf('Run', buildAction('slow', {}), buildAction('provision', {}, { Name: 'Never', RunOrder: 2 })),
    ]);
    const id = await given.start('stopped');
    await running('stopped', id);
    await stop('stopped', id);
    expect(await observed.statusOf('stopped', id)).toBe('Stopping');
    await expect(stop('stopped', id)).rejects.toMatchObject({ name: 'DuplicatedStopRequestException' });
    await observed.becomes('stopped', id, 'Stopped');
    const runs = (await observed.actionsOf('stopped', id)).map(({ actionName, status }) => `${actionName} ${status}`);
    expect(runs).toEqual(['Run Succeeded', 'Fetch Succeeded']);
    await expect(stop('stopped', id)).rejects.toMatchObject({ name: 'PipelineExecutionNotStoppableException' });
  });

  test('that abandons ends builds too, and the stage may be retried', async () => {
    await given.pipeline('abandoned', [sourceStage, stageOf('Run', buildAction('endless', {}))]);
    const id = await given.start('abandoned');
    await running('abandoned', id);
    await stop('abandoned', id);
    await stop('abandoned', id, true);
    await observed.becomes('abandoned', id, 'Stopped');
    const [run] = await observed.actionsOf('abandoned', id);
    expect(run?.status).toBe('Abandoned');
    const ended = () => given.told.map(({ detail }) => (detail as Record<string, string>)['build-status']);
    await expect.poll(ended, finished).toContain('STOPPED');
    expect(observed.statesOf(id).slice(-3)).toEqual([
      'Action Run Run ABANDONED',
      'Stage Run STOPPED',
      'Pipeline STOPPED',
    ]);
  });

  test('of what is not there is refused', async () => {
    const id = '00000000-0000-0000-0000-000000000000';
    await expect(stop('nope', id)).rejects.toMatchObject({ name: 'PipelineNotFoundException' });
    await expect(stop('stopped', id)).rejects.toMatchObject({ name: 'PipelineExecutionNotFoundException' });
    await expect(stop('stopped', '../x')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('executions side by side', () => {
  const stages = () => [sourceStage, stageOf('Run', buildAction('slow', { TENANT_ID: '#{variables.TENANT_ID}' }))];
  const timesOf = async (name: string, ids: readonly string[]) =>
    await Promise.all(
      ids.map(
        async (id) => (await observed.actionsOf(name, id)).find(({ actionName }) => actionName === 'Run')?.startTime,
      ),
    );

  test('queued ones pass a stage one after the other, in their order', async () => {
    await given.pipeline('queued', stages(), { ExecutionMode: 'QUEUED' });
    const ids = [];
    for (const name of ['a', 'b', 'c']) ids.push(await given.start('queued', tenant(name)));
    await observed.becomes('queued', ids[2] as string, 'Succeeded');
    expect(await observed.statusOf('queued', ids[0] as string)).toBe('Succeeded');
    const times = (await timesOf('queued', ids)).map((time) => time?.getTime() ?? 0);
    expect(times).toEqual([...times].sort());
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(300);
  });

  test('of those that wait in a superseded pipeline only the newest stays', async () => {
    await given.pipeline('superseded', stages(), { ExecutionMode: 'SUPERSEDED' });
    const first = await given.start('superseded');
    await expect.poll(async () => (await timesOf('superseded', [first]))[0], finished).toBeTruthy();
    const others = [];
    for (const name of ['b', 'c', 'd']) others.push(await given.start('superseded', tenant(name)));
    await observed.becomes('superseded', others[2] as string, 'Succeeded');
    expect(await observed.statusOf('superseded', first)).toBe('Succeeded');
    expect(await observed.statusOf('superseded', others[0] as string)).toBe('Superseded');
    expect(await observed.statusOf('superseded', others[1] as string)).toBe('Superseded');
  });
});

describe('a rollback', () => {
  test('runs one stage anew with what an earlier execution brought there', async () => {
    const action = buildAction(
      'provision',
      { TENANT_ID: '#{variables.TENANT_ID} #{source.VersionId}' },
      { Namespace: 'run' },
    );
    await given.pipeline('rolled', [sourceStage, stageOf('Run', action)], { ExecutionMode: 'QUEUED' });
    const old = await given.start('rolled', tenant('old'));
    await observed.becomes('rolled', old, 'Succeeded');
    const rollback = (stageName: string, targetPipelineExecutionId: string) =>
      given.codepipeline.send(
        new RollbackStageCommand({ pipelineName: 'rolled', stageName, targetPipelineExecutionId }),
      );
    const { pipelineExecutionId: id = '' } = await rollback('Run', old);
    await observed.becomes('rolled', id, 'Succeeded');
    expect(await given.execution('rolled', id)).toMatchObject({
      executionType: 'ROLLBACK',
      rollbackMetadata: { rollbackTargetPipelineExecutionId: old },
    });
    const made = (await observed.actionsOf('rolled', id)).map(({ output }) => output?.outputVariables);
    expect(made).toEqual([{ MADE: expect.stringMatching(/^by old v\d$/) }]);
    await expect(rollback('Source', old)).rejects.toMatchObject({ name: 'UnableToRollbackStageException' });
    await expect(rollback('Run', id)).rejects.toMatchObject({ name: 'UnableToRollbackStageException' });
    await expect(rollback('Nope', old)).rejects.toMatchObject({ name: 'StageNotFoundException' });
  });

  test('is not to be had in PARALLEL mode', async () => {
    const stages = [sourceStage, stageOf('Run', buildAction('provision', { TENANT_ID: '#{variables.TENANT_ID}' }))];
    await given.pipeline('rolled-in-parallel', stages, { ExecutionMode: 'PARALLEL' });
    const old = await given.start('rolled-in-parallel', tenant('old'));
    await observed.becomes('rolled-in-parallel', old, 'Succeeded');
    const rollback = new RollbackStageCommand({
      pipelineName: 'rolled-in-parallel',
      stageName: 'Run',
      targetPipelineExecutionId: old,
    });
    await expect(given.codepipeline.send(rollback)).rejects.toMatchObject({ name: 'UnableToRollbackStageException' });
  });
});
