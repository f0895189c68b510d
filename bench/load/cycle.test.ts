import { describe, expect, it } from 'vitest';
import { cycle, judge } from './cycle.ts';

const step = (body: string) => ({ headers: { 'x-step': '1' }, body, expected: {} });
const caller = (name: string, bodies: readonly string[], keys: readonly string[]) => ({
  credentials: keys.map((key) => ({ authorization: `${name} ${key}` })),
  journeys: bodies.map((body) => ({ steps: [step(body)] })),
});

describe('a cycle', () => {
  it('takes callers in turn, and each one’s credentials and journeys in turn', () => {
    const next = cycle({
      kind: 'cycle',
      callers: [caller('a', ['1', '2', '3'], ['x', 'y']), caller('b', ['4'], ['z'])],
    });
    const sent = Array.from({ length: 6 }, () =>
      next().map(({ headers, body }) => [headers['authorization'], body]),
    ).flat();
    expect(sent).toEqual([
      ['a x', '1'],
      ['b z', '4'],
      ['a y', '2'],
      ['b z', '4'],
      ['a x', '3'],
      ['b z', '4'],
    ]);
  });

  it('refuses to use a credential twice where each is to be used once', () => {
    const next = cycle({ kind: 'cycle', callers: [caller('a', ['1'], ['x', 'y'])], credentialsOnce: true });
    next();
    next();
    expect(() => next()).toThrow('Each caller’s 2 credentials are used up');
  });

  it('writes a moment and an id into a journey, the same in all its steps and another in the next', () => {
    const journeys = [{ steps: [step('{{id}} {{now}}'), step('{{id}}')] }];
    const next = cycle({ kind: 'cycle', callers: [{ credentials: [{}], journeys }] });
    const [first, second] = next().map(({ body }) => body);
    expect(first).toMatch(/^[0-9A-Z]{26} \d{16}$/);
    expect(first?.slice(0, 26)).toBe(second);
    expect(next()[1]?.body).not.toBe(second);
  });
});

describe('an answer', () => {
  const good = '{"data":{"product":{"id":"1"}}}';

  it('is good if it is exactly what it has to be, or has all that it has to have', () => {
    expect(judge({ exactly: good }, 200, good)).toBe('good');
    expect(judge({ containing: ['"id":"1"', '"data"'] }, 200, good)).toBe('good');
  });

  it.each([
    ['another status', 500, good],
    ['errors inside a 200', 200, '{"data":{"product":null},"errors":[{"errorType":"TooManyRequests"}]}'],
    ['another one’s data', 200, '{"data":{"product":{"id":"2"}}}'],
  ])('is wrong with %s', (_, status, body) => {
    expect(judge({ exactly: good }, status, body)).toEqual({ wrong: expect.stringContaining(`answered ${status}`) });
    expect(judge({ containing: ['"id":"1"'] }, status, body)).toMatchObject({ wrong: expect.any(String) });
  });
});
