import { describe, expect, test } from 'vitest';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { anOperator, untilOnboarded } from '../../support/given.ts';
import { inventory } from '../../support/inventory.ts';
import { settledRun, siloPatience } from '../../support/provisioning.ts';
import { deployedRelease } from '../../support/releases.ts';
import { sdkSettings } from '../../support/sdk.ts';
import {
  beginSilo,
  type BegunSilo,
  expectOneWholeSilo,
  runningBuild,
  stacksNamed,
  until,
} from '../../support/silo-faults.ts';
import { requestRun } from '../provisioning/request-run.ts';

/** A running system that can be killed; it is started again on the same folder. */
export interface Mortal {
  outputs(): Outputs;
  killAndRestart(): Promise<void>;
}

type Moment = (outputs: Outputs, silo: BegunSilo) => Promise<unknown>;

const moments: Readonly<Record<string, Moment>> = {
  'right after the registration': () => Promise.resolve(),
  'while the build runs': (outputs, { tenantId }) => until('a build', () => runningBuild(outputs, tenantId)),
  'while CloudFormation creates': (outputs, { stackName }) =>
    until('CREATE_IN_PROGRESS', async () =>
      (await stacksNamed(outputs, stackName)).find(({ StackStatus }) => StackStatus === 'CREATE_IN_PROGRESS'),
    ),
};

export function killedHosts(mortal: Mortal): void {
  describe('the host is killed', () => {
    test.each(Object.entries(moments))(
      '%s: the silo ends ACTIVE, with one stack and no orphans',
      async (_, moment) => {
        const before = await inventory(sdkSettings(mortal.outputs()));
        const silo = await beginSilo(mortal.outputs());
        await moment(mortal.outputs(), silo);
        await mortal.killAndRestart();
        await expectOneWholeSilo(mortal.outputs(), silo, before);
      },
      2 * siloPatience,
    );

    test(
      'while CloudFormation deletes: the removal comes to its end, and leaves nothing',
      async () => {
        const before = await inventory(sdkSettings(mortal.outputs()));
        const { id, tenantId, stackName } = await beginSilo(mortal.outputs());
        expect(await untilOnboarded(mortal.outputs(), id, siloPatience)).toMatchObject({ status: 'ACTIVE' });
        const { release } = await deployedRelease(mortal.outputs());
        await requestRun(mortal.outputs(), { tenantId, action: 'DEPROVISION', release });
        await until('DELETE_IN_PROGRESS', async () =>
          (
            await stacksNamed(mortal.outputs(), stackName)
          ).find(({ StackStatus }) => StackStatus === 'DELETE_IN_PROGRESS'),
        );
        await mortal.killAndRestart();
        const run = await settledRun(mortal.outputs(), await anOperator(mortal.outputs()), tenantId);
        expect(run).toMatchObject({ action: 'DEPROVISION', status: 'SUCCEEDED', failure: null });
        expect(await inventory(sdkSettings(mortal.outputs()))).toEqual(before);
      },
      3 * siloPatience,
    );
  });
}
