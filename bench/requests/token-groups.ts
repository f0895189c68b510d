/** Whose tokens they are: shops that place orders have others than those that do not. */
export type Owner = 'readers' | 'writers';

export interface TokenGroups {
  /** The next group's number, when all that was kept of its last use has expired. */
  next(owner: Owner): Promise<number>;
  /** Its use is over: what is kept of it is kept from now on. */
  used(owner: Owner, group: number): void;
}

interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

/**
 * Groups of tokens in turn, for those who are to be asked for each anew: a group is used again only after `kept` milliseconds, for which an
 * authorizer's answer is kept.
 */
export function createTokenGroups(groups: number, kept: number, { now, sleep }: Clock): TokenGroups {
  const usedAt = new Map<string, number>();
  const turns = { readers: 0, writers: 0 };
  return {
    async next(owner) {
      const group = turns[owner] % groups;
      turns[owner] += 1;
      const last = usedAt.get(`${owner} ${group}`);
      if (last !== undefined) await sleep(Math.max(0, last + kept - now()));
      return group;
    },
    used: (owner, group) => void usedAt.set(`${owner} ${group}`, now()),
  };
}
