import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { anOperator, untilOnboarded } from '../../support/given.ts';
import { inventory, listedResources } from '../../support/inventory.ts';
import { runsOf, siloPatience } from '../../support/provisioning.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { beginSilo, stacksNamed } from '../../support/silo-faults.ts';
import type { Scene } from './scene.ts';

const count = 20;

export function manyAtOnce(scene: Scene): void {
  describe('many at once', () => {
    test(
      `${count} platinum companies that register at the same moment are all ACTIVE in the end, each with its stack, and there is nothing else`,
      async () => {
        const outputs = scene.outputs();
        const settings = sdkSettings(outputs);
        const before = new Set(await inventory(settings));
        const silos = await Promise.all(Array.from({ length: count }, () => beginSilo(outputs)));
        const onboarded = await Promise.all(silos.map(({ id }) => untilOnboarded(outputs, id, 3 * siloPatience)));
        expect(onboarded.map(({ status }) => status)).toEqual(silos.map(() => 'ACTIVE'));
        const stacks = (await Promise.all(silos.map(({ stackName }) => stacksNamed(outputs, stackName)))).flat();
        expect(stacks.map(({ StackStatus }) => StackStatus)).toEqual(silos.map(() => 'CREATE_COMPLETE'));

        const client = new CloudFormationClient(settings);
        const ofStacks = await Promise.all(silos.map(({ stackName }) => listedResources(client, stackName)));
        const more = (await inventory(settings)).filter((resource) => !before.has(resource));
        expect(more).toEqual(ofStacks.flat().sort());
        const operator = await anOperator(outputs);
        const runs = await Promise.all(silos.map(({ tenantId }) => runsOf(outputs, operator, tenantId)));
        expect(runs).toMatchObject(silos.map(() => [{ action: 'PROVISION', status: 'SUCCEEDED', attempt: 1 }]));
      },
      4 * siloPatience,
    );
  });
}
