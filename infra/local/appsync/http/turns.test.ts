import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EndTurn, Turns } from './turns.ts';

describe('turns', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** Asks for turns, and notes which have begun. */
  function asking(turns: Turns, caller: string, count: number, begun: string[]): Promise<EndTurn>[] {
    return Array.from({ length: count }, async (_, index) => {
      const end = await turns.take(caller);
      begun.push(`${caller}${index}`);
      return end;
    });
  }

  it('a caller of many has eight at a time, the next as one ends, in order; another waits for none of them', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const many = asking(turns, 'many', 11, begun);
    const one = asking(turns, 'one', 1, begun);
    await one[0];
    expect(begun).toEqual([...Array.from({ length: 8 }, (_, index) => `many${index}`), 'one0']);
    (await many[3])?.();
    await many[8];
    (await many[0])?.();
    await many[9];
    expect(begun.slice(9)).toEqual(['many8', 'many9']);
  });

  it('who has waited a quarter of a second goes on: those before may be waiting for it', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const asked = asking(turns, 'many', 9, begun);
    await vi.advanceTimersByTimeAsync(249);
    expect(begun).toHaveLength(8);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toHaveLength(9);
    for (const turn of asked) (await turn)();
    // None is counted twice: eight go at once again.
    void asking(turns, 'many', 9, begun);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toHaveLength(17);
  });
});
