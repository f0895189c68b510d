import { describe, test } from 'vitest';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { inventory } from '../../support/inventory.ts';
import { siloPatience } from '../../support/provisioning.ts';
import { sdkSettings } from '../../support/sdk.ts';
import {
  beginSilo,
  type BegunSilo,
  expectOneWholeSilo,
  runningBuild,
  stacksNamed,
  until,
} from '../../support/silo-faults.ts';

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
  });
}
