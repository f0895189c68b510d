import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CodeBuildClient, StopBuildCommand } from '@aws-sdk/client-codebuild';
import { describe, expect, test } from 'vitest';
import { anOperator, untilOnboarded } from '../../support/given.ts';
import { inventory } from '../../support/inventory.ts';
import { mutate } from '../../support/mutate.ts';
import { runsOf, siloPatience } from '../../support/provisioning.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { beginSilo, expectOneWholeSilo, runningBuild, stacksNamed, until } from '../../support/silo-faults.ts';
import { deliverPipelineEvent } from './deliver.ts';
import type { Scene } from './scene.ts';

type Blow = (scene: Scene, buildId: string) => Promise<unknown>;

const blows: Readonly<Record<string, Blow>> = {
  'stopped by StopBuild': (scene, id) =>
    new CodeBuildClient(sdkSettings(scene.outputs())).send(new StopBuildCommand({ id })),
  killed: async (scene, id) => {
    const workplace = join(scene.folder(), 'codebuild', id.split(':').pop() ?? '');
    const pids = await processesIn(workplace);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  },
};

/** Those whose working directory is below a folder. */
async function processesIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // It may have ended, or be another user's.
      const directory = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      return directory.startsWith(folder) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

export function brokenBuilds(scene: Scene): void {
  describe('the build is', () => {
    test.each(Object.entries(blows))(
      '%s: the run says so; retryProvisioning brings the silo to ACTIVE, with one stack',
      async (_, blow) => {
        const outputs = scene.outputs();
        const operator = await anOperator(outputs);
        const before = await inventory(sdkSettings(outputs));
        const silo = await beginSilo(outputs);
        const { tenantId } = silo;
        await until('the stack', async () => (await stacksNamed(outputs, silo.stackName))[0]);
        await blow(scene, await until('a build', () => runningBuild(outputs, tenantId)));

        const failed = await untilOnboarded(outputs, silo.id, siloPatience);
        expect(failed.status).toBe('FAILED');
        const [run] = await runsOf(outputs, operator, tenantId);
        expect(run).toMatchObject({ status: 'FAILED', failedStep: 'DEPLOY_STACK', attempt: 1 });
        expect(run?.failure).toContain('The pipeline ended Failed');

        const target = { url: outputs.controlPlane.graphqlUrl, headers: operator.headers };
        const retried = await mutate(target, 'retryProvisioning', { tenantId }, 'run { status attempt }');
        expect(retried).toMatchObject({ run: { attempt: 2 }, userErrors: [] });
        // The end of the first execution comes once more: it is not the second's.
        await deliverPipelineEvent(outputs, run?.executionId ?? '', 'FAILED');
        await expectOneWholeSilo(outputs, silo, before);
        expect(await runsOf(outputs, operator, tenantId)).toMatchObject([{ status: 'SUCCEEDED', attempt: 2 }]);
      },
      3 * siloPatience,
    );
  });
}
