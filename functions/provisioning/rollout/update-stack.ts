import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StackMappingItem } from '../../layer/registry.ts';
import { type RolloutItem, stackOf, withStack } from '../../layer/rollouts/rollout.ts';
import { failStack, skipStack, startStack, succeedStack } from '../../layer/rollouts/stack-steps.ts';
import type { RunItem } from '../../layer/runs/run-item.ts';
import { beginRun, StackBusyError } from './begin-run.ts';
import { changeBuild, readBuild, type WaveBuild, type WaveDependencies } from './wave-build.ts';

/** Brings one stack of the wave to the release, or goes on with what a build that died began; writes down how it went. */
export async function updateStack(build: WaveBuild, tenantId: string, dependencies: WaveDependencies): Promise<void> {
  const record = (change: (rollout: RolloutItem) => RolloutItem) =>
    changeBuild(build, (rollout) => ({ rollout: change(rollout) }), dependencies);
  try {
    const runId = await runOf(build, tenantId, dependencies);
    if (runId === undefined) return;
    const run = await dependencies.performRun(runId);
    await record((rollout) =>
      run.status === 'SUCCEEDED'
        ? succeedStack(rollout, build.wave, tenantId)
        : failStack(rollout, build.wave, tenantId, causeOf(run)),
    );
  } catch (error) {
    if (!(error instanceof StackBusyError)) throw error;
    await record((rollout) => failStack(rollout, build.wave, tenantId, error.message));
  }
}

/** The run that was begun before, or a new one; undefined where the stack needs none. */
async function runOf(build: WaveBuild, tenantId: string, dependencies: WaveDependencies): Promise<string | undefined> {
  const { wave } = build;
  const rollout = await readBuild(build, dependencies);
  const stack = stackOf(rollout, wave, tenantId);
  if (stack.status === 'RUNNING') return stack.runId;

  const row = await readRow(tenantId, dependencies);
  const without = withoutRun(row, rollout.release);
  if (without) {
    const change = without === 'GONE' ? skipStack : succeedStack;
    await changeBuild(build, (current) => ({ rollout: change(current, wave, tenantId) }), dependencies);
    return undefined;
  }
  const now = dependencies.clock().toISOString();
  return await beginRun(
    build,
    { tenantId, release: rollout.release },
    (current, runId) => {
      if (current.ending) return undefined;
      const started = startStack(current, wave, tenantId, runId, now);
      return row?.release === undefined ? started : withStack(started, wave, tenantId, { fromRelease: row.release });
    },
    dependencies,
  );
}

async function readRow(tenantId: string, { documents, runs }: WaveDependencies): Promise<StackMappingItem | undefined> {
  const { Item: item } = await documents.send(
    new GetCommand({
      TableName: runs.tables.TENANT_STACK_MAPPING_TABLE,
      Key: { tenantId },
      ConsistentRead: true,
    }),
  );
  return item as StackMappingItem | undefined;
}

/** Whether the stack is leaving, or has the release already. */
function withoutRun(row: StackMappingItem | undefined, release: string): 'GONE' | 'UP_TO_DATE' | undefined {
  if (!row || row.status === 'DEPROVISIONING') return 'GONE';
  return row.status === 'ACTIVE' && row.release === release ? 'UP_TO_DATE' : undefined;
}

export function causeOf({ failedStep, failure }: RunItem): string {
  return `${failedStep ?? 'run'}: ${failure ?? 'no cause is known'}`;
}
