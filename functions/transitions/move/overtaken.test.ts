import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MoveScene, startMoveScene } from '../testing/move-scene.ts';
import { ride } from '../testing/moves.ts';
import type { World } from '../testing/world.ts';

let scene: MoveScene;
let world: World;
beforeAll(async () => {
  scene = await startMoveScene();
  ({ world } = scene);
});
afterAll(() => world.stop());

test('what another run of the same step has done already holds up nobody', async () => {
  const tenantId = await scene.next();
  const rows = await scene.given();
  const dependencies = world.dependencies();
  const { documents } = dependencies;
  let step = '';
  let sentTwice = 0;
  const begun = new Map<string, Date>();
  // Each member is switched by somebody else at the moment when this run is about to do it.
  const send = async (command: UpdateCommand) => {
    if (step === 'SWITCH_USERS' && command instanceof UpdateCommand && 'userId' in (command.input.Key ?? {})) {
      sentTwice += 1;
      await documents.send(command);
    }
    return documents.send(command);
  };
  const session = { send } as unknown as typeof documents;
  await ride(world, tenantId, {
    dependencies: { ...dependencies, tenantSession: () => Promise.resolve(session) },
    before: (next) => {
      step = next;
      begun.set(next, world.now);
      return Promise.resolve();
    },
  });
  expect(sentTwice).toBe(2);
  await scene.expectMoved(rows);
  expect(begun.get('CUT_OVER')).toEqual(begun.get('SWITCH_USERS'));
});
