import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Wave } from '../../../generated/control-plane.ts';
import { readEnvironment } from '../../layer/environment.ts';
import { ulids } from '../../layer/ids.ts';
import { waveOrder } from '../../layer/rollouts/rollout.ts';
import type { RunItem } from '../../layer/runs/run-item.ts';
import { workOnRun } from '../work-on-run.ts';
import type { Services } from '../work.ts';
import { raisedAlarms } from './raised-alarms.ts';
import { runWave, type WaveResult } from './run-wave.ts';

/** A variable of the build is not what the pipeline should have made of it. */
export class WaveVariableError extends Error {
  override readonly name = 'WaveVariableError';
  constructor(readonly variable: string, readonly got: string, readonly expected: string) {
    super(`${variable} is ${JSON.stringify(got)}, expected ${expected}`);
  }
}

/** Does the wave that the build's variables name. Each of its runs is done as the provisioning pipeline would do it, by `worker`. */
export async function waveOfEnvironment(services: Services, worker: string): Promise<WaveResult> {
  const { ROLLOUT_ID, WAVE, ATTEMPT, ALARM_WATCH_SECONDS, ...tables } = readEnvironment(
    'ROLLOUT_ID',
    'WAVE',
    'ATTEMPT',
    'ALARM_WATCH_SECONDS',
    'ROLLOUTS_TABLE',
    'AUDIT_LOG_TABLE',
  );
  const { documents, clock, region } = services;
  const work = workOnRun(services);
  const cloudWatch = new CloudWatchClient({});
  return await runWave(
    { rolloutId: ROLLOUT_ID, wave: waveCalled(WAVE), attempt: wholeNumber('ATTEMPT', ATTEMPT) },
    {
      documents,
      tables,
      clock,
      runs: { tables: services.tables, clock, createRunId: ulids(clock), region },
      performRun: async (runId) => {
        await work(runId, worker);
        return await readRun(runId, services);
      },
      raisedAlarms: () => raisedAlarms(cloudWatch),
      watchFor: wholeNumber('ALARM_WATCH_SECONDS', ALARM_WATCH_SECONDS) * 1000,
      sleep: (milliseconds) => sleep(milliseconds),
    },
  );
}

function waveCalled(name: string): Wave {
  const wave = waveOrder.find((known) => known === name);
  if (!wave) throw new WaveVariableError('WAVE', name, waveOrder.join(', '));
  return wave;
}

function wholeNumber(variable: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new WaveVariableError(variable, text, 'a whole number');
  return Number(text);
}

async function readRun(runId: string, { documents, tables }: Services): Promise<RunItem> {
  const { Item: item } = await documents.send(
    new GetCommand({ TableName: tables.PROVISIONING_RUNS_TABLE, Key: { runId }, ConsistentRead: true }),
  );
  if (!item) throw new Error(`There is no run ${runId}`);
  return item as RunItem;
}
