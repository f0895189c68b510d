import { describe, expect, test } from 'vitest';
import { untilOnboarded } from '../../support/given.ts';
import { siloPatience } from '../../support/provisioning.ts';
import { beginSilo, stacksNamed } from '../../support/silo-faults.ts';
import type { Scene } from './scene.ts';

const count = 5;

export function manyAtOnce(scene: Scene): void {
  describe('many at once', () => {
    test(
      `${count} platinum companies that register at the same moment are all ACTIVE in the end, each with its stack`,
      async () => {
        const outputs = scene.outputs();
        const silos = await Promise.all(Array.from({ length: count }, () => beginSilo(outputs)));
        const onboarded = await Promise.all(silos.map(({ id }) => untilOnboarded(outputs, id, 3 * siloPatience)));
        expect(onboarded.map(({ status }) => status)).toEqual(silos.map(() => 'ACTIVE'));
        const stacks = (await Promise.all(silos.map(({ stackName }) => stacksNamed(outputs, stackName)))).flat();
        expect(stacks.map(({ StackStatus }) => StackStatus)).toEqual(silos.map(() => 'CREATE_COMPLETE'));
      },
      4 * siloPatience,
    );
  });
}
