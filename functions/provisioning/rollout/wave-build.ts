import type { Wave } from '../../../generated/control-plane.ts';
import {
  changeRollout,
  readRollout,
  type RolloutChange,
  type RolloutTables,
} from '../../layer/rollouts/rollout-store.ts';
import type { RolloutItem } from '../../layer/rollouts/rollout.ts';
import type { RunDependencies } from '../../layer/runs/new-run.ts';
import type { RunItem } from '../../layer/runs/run-item.ts';

/** One build of the rollout pipeline: it does one wave. */
export interface WaveBuild {
  readonly rolloutId: string;
  readonly wave: Wave;
  /** The rollout's attempt that this build belongs to. */
  readonly attempt: number;
}

/** An alarm of a tenant stack. */
export interface RaisedAlarm {
  readonly name: string;
  readonly reason: string;
  readonly since: Date;
}

export interface WaveDependencies extends RolloutTables {
  readonly runs: RunDependencies;
  /** Does a run, or what is left of it, and answers it as it ended. */
  readonly performRun: (runId: string) => Promise<RunItem>;
  /** The alarms of tenant stacks that are raised now. */
  readonly raisedAlarms: () => Promise<readonly RaisedAlarm[]>;
  /** How long the alarms of a wave are watched after its last update, in milliseconds. */
  readonly watchFor: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Another execution has taken the rollout over: whatever this build would still write is out of date. */
export class SupersededBuildError extends Error {
  override readonly name = 'SupersededBuildError';
  constructor(readonly attempt: number, readonly current: number) {
    super(`This build belongs to attempt ${attempt}, the rollout is at attempt ${current}`);
  }
}

export async function readBuild(build: WaveBuild, dependencies: WaveDependencies): Promise<RolloutItem> {
  const rollout = await readRollout(build.rolloutId, dependencies);
  if (!rollout) throw new Error(`There is no rollout ${build.rolloutId}`);
  requireCurrent(build, rollout);
  return rollout;
}

/** Changes the rollout as long as it is this build's to change. */
export async function changeBuild(
  build: WaveBuild,
  change: (rollout: RolloutItem) => RolloutChange | undefined,
  dependencies: WaveDependencies,
): Promise<RolloutItem> {
  return await changeRollout(
    build.rolloutId,
    (rollout) => {
      requireCurrent(build, rollout);
      return change(rollout);
    },
    dependencies,
  );
}

function requireCurrent({ attempt }: WaveBuild, rollout: RolloutItem): void {
  if (rollout.attempt !== attempt) throw new SupersededBuildError(attempt, rollout.attempt);
}
