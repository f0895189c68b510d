import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CodePipelineClient,
  ListPipelineExecutionsCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Rollout } from '../../generated/control-plane.ts';
import { anOperator, type Person } from '../support/given.ts';
import { attempt, errorsOf } from '../support/mutate.ts';
import { aSupporter } from '../support/people.ts';
import { aSilo } from '../support/provisioning.ts';
import { aBrokenRelease, aGoodRelease, aSmokingRelease } from '../support/releases.ts';
import { rolloutsOf, stackIn, waveStatuses } from '../support/rollouts.ts';
import { scan } from '../support/tables.ts';
import { cotenantScene } from './scene.ts';

const long = 360_000;

cotenantScene((scene) => {
  let admin: Person;
  let rollouts: ReturnType<typeof rolloutsOf>;
  let canary: string;
  let silos: string[];

  beforeAll(async () => {
    const { outputs } = scene();
    admin = await anOperator(outputs);
    rollouts = rolloutsOf(outputs, admin);
    [canary = '', ...silos] = await Promise.all([1, 2, 3].map(async () => (await aSilo(outputs)).tenantId));
    expect((await rollouts.setWave(canary, 'CANARY')).userErrors).toEqual([]);
  }, long);

  const stackOf = async (tenantId: string) => {
    const StackName = tenantId === 'pooled' ? 'cotenant-pooled' : `cotenant-tenant-${tenantId}`;
    const client = new CloudFormationClient(scene().settings);
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0];
  };
  const everyRelease = async (): Promise<(string | null)[]> => [...new Set(Object.values(await rollouts.releases()))];

  test(
    'a release goes to canary, pool and the rest; a wave that asks for it waits for a system admin',
    async () => {
      const release = await aGoodRelease(scene().outputs);
      const { id } = await rollouts.begin({ release, approveWaves: ['POOLED'] });
      const second = await rollouts.start({ release, clientToken: 'another-token' });
      expect(errorsOf(second)).toEqual(['INVALID_STATE']);

      const waiting = await rollouts.until(id, ({ status }) => status !== 'RUNNING');
      expect(waiting.status).toBe('WAITING_FOR_APPROVAL');
      expect(waveStatuses(waiting)).toMatchObject({ CANARY: 'SUCCEEDED', POOLED: 'WAITING_FOR_APPROVAL' });
      const before = await rollouts.releases();
      expect(before[canary]).toBe(release);
      expect(before['pooled']).not.toBe(release);

      const supporter = await aSupporter(scene().outputs, admin);
      const input = { rolloutId: id, wave: 'POOLED' };
      const target = { ...rollouts.target, headers: supporter.headers };
      const refused = await attempt(target, 'approveWave', input, '__typename');
      expect(refused.errors[0]?.errorType).toBe('Unauthorized');
      expect((await rollouts.read(id)).status).toBe('WAITING_FOR_APPROVAL');
      expect(errorsOf(await rollouts.approve({ rolloutId: id, wave: 'REST' }))).toEqual(['INVALID_STATE wave']);

      expect((await rollouts.approve(input)).userErrors).toEqual([]);
      expect(errorsOf(await rollouts.approve(input))).toEqual(['INVALID_STATE wave']);
      const done = await rollouts.settled(id);
      expect(done).toMatchObject({ status: 'SUCCEEDED', failure: null });
      expect(waveStatuses(done)).toEqual({
        CANARY: 'SUCCEEDED',
        POOLED: 'SUCCEEDED',
        EARLY: 'SKIPPED',
        REST: 'SUCCEEDED',
      });
      expect(done.waves[1]?.approvedBy).toBe(admin.email);
      expect(await everyRelease()).toEqual([release]);
      for (const tenantId of ['pooled', canary, ...silos]) {
        expect((await stackOf(tenantId))?.StackStatus).toBe('UPDATE_COMPLETE');
      }
    },
    long,
  );

  /** Nothing but the canary was touched, and that is back. */
  const expectHalted = async (rollout: Rollout, before: Record<string, string | null>, pool: unknown) => {
    expect(rollout.status).toBe('HALTED');
    expect(waveStatuses(rollout)).toMatchObject({ CANARY: 'ROLLED_BACK', POOLED: 'SKIPPED', REST: 'SKIPPED' });
    expect(stackIn(rollout, canary).status).toBe('ROLLED_BACK');
    expect(await rollouts.releases()).toEqual(before);
    expect((await stackOf('pooled'))?.LastUpdatedTime).toEqual(pool);
  };

  test.each([
    ['whose smoke check fails', aSmokingRelease, 'SMOKE_CHECK'],
    ['whose template is broken', aBrokenRelease, 'DEPLOY_STACK'],
  ])(
    'a release %s halts in the canary wave; the pool is untouched, the canary as it was',
    async (_name, make, failedStep) => {
      const before = await rollouts.releases();
      const pool = (await stackOf('pooled'))?.LastUpdatedTime;
      const { id } = await rollouts.begin({ release: await make(scene().outputs) });
      const halted = await rollouts.settled(id);
      await expectHalted(halted, before, pool);
      expect(stackIn(halted, canary).failure).toContain(failedStep);
    },
    long,
  );

  test(
    'an alarm of an updated stack halts its wave',
    async () => {
      const before = await rollouts.releases();
      const pool = (await stackOf('pooled'))?.LastUpdatedTime;
      const cloudWatch = new CloudWatchClient(scene().settings);
      const AlarmNamePrefix = `cotenant-tenant-${canary}-`;
      const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix }));
      expect(MetricAlarms.length).toBeGreaterThan(2);
      const { id } = await rollouts.begin({ release: await aGoodRelease(scene().outputs) });
      await rollouts.until(id, (rollout) => stackIn(rollout, canary).status === 'RUNNING');
      const AlarmName = MetricAlarms[0]?.AlarmName ?? '';
      await cloudWatch.send(
        new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'as a test wants it' }),
      );
      const halted = await rollouts.settled(id);
      expect(stackIn(halted, canary).failure).toContain(AlarmName);
      await expectHalted(halted, before, pool);
      await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'OK', StateReason: 'over' }));
    },
    long,
  );

  describe('with tenants that register meanwhile', () => {
    test(
      'all are on the release in the end',
      async () => {
        const release = await aGoodRelease(scene().outputs);
        const { id } = await rollouts.begin({ release });
        const { tenantId: late } = await aSilo(scene().outputs);
        const done = await rollouts.settled(id);
        expect(done.status).toBe('SUCCEEDED');
        expect((await rollouts.releases())[late]).toBe(release);
        expect(await everyRelease()).toEqual([release]);
      },
      long,
    );
  });

  /** Somebody stops the pipeline, and waits for nothing that it does. */
  const stopPipeline = async (): Promise<void> => {
    const pipeline = new CodePipelineClient(scene().settings);
    const pipelineName = 'cotenant-rollouts';
    const { pipelineExecutionSummaries: [newest] = [] } = await pipeline.send(
      new ListPipelineExecutionsCommand({ pipelineName, maxResults: 1 }),
    );
    const pipelineExecutionId = newest?.pipelineExecutionId ?? '';
    await pipeline.send(new StopPipelineExecutionCommand({ pipelineName, pipelineExecutionId, abandon: true }));
  };
  const attemptOf = async (id: string): Promise<unknown> =>
    (await scan(scene().outputs, 'control-plane-Rollouts')).find(({ rolloutId }) => rolloutId === id)?.['attempt'];

  test.each([
    ['', { lost: 0 }],
    [' though the execution that brings it back is lost', { lost: 1 }],
  ])(
    'aborted in the middle of a wave, what was updated goes back and nothing more is begun%s',
    async (_name, { lost }) => {
      const before = await rollouts.releases();
      const release = await aGoodRelease(scene().outputs);
      const { id } = await rollouts.begin({ release, maxParallel: 1 });
      await rollouts.until(id, ({ waves }) => waves[3]?.stacks[lost]?.status === 'RUNNING');
      expect((await rollouts.abort({ rolloutId: id, reason: 'enough' })).userErrors).toEqual([]);
      if (lost > 0) await stopPipeline();
      const aborted = await rollouts.settled(id);
      expect(aborted.status).toBe('ABORTED');
      expect(aborted.failure).toContain('enough');
      expect(waveStatuses(aborted)).toMatchObject({ CANARY: 'SUCCEEDED', POOLED: 'SUCCEEDED', REST: 'ROLLED_BACK' });
      expect(await attemptOf(id)).toBe(1 + lost);
      const after = await rollouts.releases();
      expect([after['pooled'], after[canary]]).toEqual([release, release]);
      for (const tenantId of silos) expect(after[tenantId]).toBe(before[tenantId]);
      expect(errorsOf(await rollouts.abort({ rolloutId: id })).length).toBe(0);
    },
    long,
  );
});
