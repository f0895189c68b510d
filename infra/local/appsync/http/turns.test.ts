import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EndTurn, Turns } from './turns.ts';

describe('turns', () => {
  let turns: Turns;
  let begun: string[];
  beforeEach(() => {
    vi.useFakeTimers();
    turns = new Turns();
    begun = [];
  });
  afterEach(() => vi.useRealTimers());

  /** Asks for turns, and notes which have begun. */
  function asking(caller: string, count: number): Promise<EndTurn>[] {
    return Array.from({ length: count }, async (_, index) => {
      const end = await turns.take(caller);
      begun.push(`${caller}${index}`);
      return end;
    });
  }
  const end = async (turn: Promise<EndTurn> | undefined): Promise<void> => {
    (await turn)?.();
    await vi.advanceTimersByTimeAsync(0);
  };

  it('a caller that is alone has four at a time, the next as one ends, in order', async () => {
    const many = asking('many', 7);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['many0', 'many1', 'many2', 'many3']);
    await end(many[3]);
    await end(many[0]);
    expect(begun.slice(4)).toEqual(['many4', 'many5']);
  });

  it('who has sent few waits for nobody, and who has sent many begins none while it is served', async () => {
    const many = asking('many', 12);
    const one = asking('one', 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['many0', 'many1', 'many2', 'many3', 'one0']);
    for (const turn of many.slice(0, 4)) await end(turn);
    expect(begun).toHaveLength(5);
    // The other's end lets it go on, with half of the four: the other may come again at once.
    await end(one[0]);
    expect(begun.slice(5)).toEqual(['many4', 'many5']);
    // It has gone: who asks now finds the whole again, behind those who came before.
    await vi.advanceTimersByTimeAsync(101);
    void asking('many', 1);
    await end(many[4]);
    expect(begun.slice(7)).toEqual(['many6', 'many7', 'many8']);
  });

  it('nobody yields for longer than 20 ms: one at a time it goes on', async () => {
    const many = asking('many', 8);
    void asking('one', 1);
    await vi.advanceTimersByTimeAsync(0);
    for (const turn of many.slice(0, 4)) await end(turn);
    await vi.advanceTimersByTimeAsync(19);
    expect(begun).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(21);
    expect(begun.slice(5)).toEqual(['many4']);
  });

  it('those who send alike have equal parts, whoever came first', async () => {
    const first = asking('first', 12);
    const second = asking('second', 12);
    await vi.advanceTimersByTimeAsync(0);
    for (const turn of first.slice(0, 4)) await end(turn);
    for (const turn of second.slice(0, 2)) await end(turn);
    const running = (name: string, ended: number) => begun.filter((each) => each.startsWith(name)).length - ended;
    expect([running('first', 4), running('second', 2)]).toEqual([2, 2]);
  });

  it('each of many has one', async () => {
    for (const caller of ['a', 'b', 'c', 'd', 'e', 'f']) void asking(caller, 3);
    await vi.advanceTimersByTimeAsync(0);
    // Who came when fewer were there has what was its part then.
    expect(begun.filter((name) => name.startsWith('f'))).toEqual(['f0']);
    expect(begun.filter((name) => name.startsWith('e'))).toEqual(['e0']);
  });

  it('where none ends for a second the next begins, and one more each second: those before may be waiting for it', async () => {
    const asked = asking('many', 6);
    await vi.advanceTimersByTimeAsync(999);
    expect(begun).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(1000);
    expect(begun).toHaveLength(6);
    for (const turn of asked) await end(turn);
    // None is counted twice: four go at once again.
    void asking('many', 5);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toHaveLength(10);
  });

  it('who waits long behind others that do end goes on waiting: a flood is not let through for its age', async () => {
    const asked = asking('many', 30);
    for (let index = 0; index < 10; index += 1) {
      await vi.advanceTimersByTimeAsync(900);
      await end(asked[index]);
    }
    expect(begun).toHaveLength(14);
  });
});
