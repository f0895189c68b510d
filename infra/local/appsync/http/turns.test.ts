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

  it('a caller of many has four at a time, the next as one ends, in order; another waits for none of them', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const many = asking(turns, 'many', 7, begun);
    const one = asking(turns, 'one', 1, begun);
    await one[0];
    expect(begun).toEqual([...Array.from({ length: 4 }, (_, index) => `many${index}`), 'one0']);
    (await many[3])?.();
    await many[4];
    (await many[0])?.();
    await many[5];
    expect(begun.slice(5)).toEqual(['many4', 'many5']);
  });

  it('who has waited a second goes on: those before may be waiting for it', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const asked = asking(turns, 'many', 5, begun);
    await vi.advanceTimersByTimeAsync(999);
    expect(begun).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toHaveLength(5);
    for (const turn of asked) (await turn)();
    // None is counted twice: four go at once again.
    void asking(turns, 'many', 5, begun);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toHaveLength(9);
  });
});
