import { afterAll, beforeAll, expect, test } from 'vitest';
import { crashAfter, Killed } from '../../layer/testing/crash-after.ts';
import { type MoveScene, startMoveScene } from '../testing/move-scene.ts';
import { ride, tell } from '../testing/moves.ts';
import type { World } from '../testing/world.ts';

let scene: MoveScene;
let world: World;
beforeAll(async () => {
  scene = await startMoveScene();
  ({ world } = scene);
});
afterAll(() => world.stop());

/** The whole way, killed after every eleventh call in turn; then somebody else goes on from what is there. */
test.each([
  ['there and confirmed', 'confirmedBy'],
  ['there and back', 'revertBy'],
] as const)(
  '%s, killed anywhere: the same end',
  async (_, wish) => {
    for (let calls = 1; ; calls += 11) {
      const tenantId = await scene.next();
      const rows = await scene.given(3);
      const dying = crashAfter(calls);
      const { documents, cognito, ...rest } = world.dependencies();
      const dead = dying(documents);
      const once = { ...rest, documents: dead, tenantSession: () => Promise.resolve(dead), cognito: dying(cognito) };
      const all = async (dependencies: typeof once | undefined) => {
        await ride(world, tenantId, { ...(dependencies && { dependencies }) });
        const move = await world.transition(tenantId);
        if (move?.step !== 'CONFIRM') return;
        await tell(world, tenantId, wish);
        await ride(world, tenantId, { ...(dependencies && { dependencies }) });
      };
      const survived = await all(once).then(
        () => true,
        (error: unknown) => {
          expect(error).toBeInstanceOf(Killed);
          return false;
        },
      );
      await all(undefined);
      if (wish === 'revertBy') await scene.expectAtHome(rows, 'REVERTED');
      else {
        expect(await world.transition(tenantId)).toBeUndefined();
        expect({ calls, rows: await scene.copyIn(world.siloData) }).toEqual({ calls, rows });
        expect(await scene.copyIn(world.data)).toEqual([]);
        expect(await world.tenant(tenantId)).toMatchObject({ stack: tenantId, move: { status: 'COMPLETED' } });
        expect((await scene.members()).map(({ sub }) => world.siloCognito.users.get(sub)?.enabled)).toEqual([
          true,
          true,
        ]);
      }
      if (survived) {
        expect(calls).toBeGreaterThan(60);
        return;
      }
    }
  },
  120_000,
);
