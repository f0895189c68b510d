import { expect, it } from 'vitest';
import { createTokenGroups, type Owner } from './token-groups.ts';

it('a group is used again only when what was kept of it has expired', async () => {
  let clock = 0;
  const slept: number[] = [];
  const groups = createTokenGroups(2, 60_000, {
    now: () => clock,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      clock += milliseconds;
      await Promise.resolve();
    },
  });
  const use = async (owner: Owner): Promise<number> => {
    const group = await groups.next(owner);
    clock += 5000;
    groups.used(owner, group);
    return group;
  };
  expect([await use('readers'), await use('readers'), await use('writers')]).toEqual([0, 1, 0]);
  expect(slept).toEqual([]);
  // The first group's use ended at 5, and it is 15 now.
  expect([await use('readers'), slept]).toEqual([0, [50_000]]);
  clock += 100_000;
  expect([await use('readers'), slept]).toEqual([1, [50_000, 0]]);
});
