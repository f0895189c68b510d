import { describe, expect, it } from 'vitest';
import { createChoice } from './draw.ts';
import { createRandom } from './random.ts';
import { createZipf, zipfShare } from './zipf.ts';

const draws = 100_000;

describe('random numbers', () => {
  it('are the same for the same seed, others for another, and spread evenly', () => {
    const take = (seed: number, count: number) => Array.from({ length: count }, createRandom(seed));
    expect(take(1, 50)).toEqual(take(1, 50));
    expect(take(1, 50)).not.toEqual(take(2, 50));
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const value of take(7, draws)) {
      expect(value >= 0 && value < 1).toBe(true);
      tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count / draws - 0.1)).toBeLessThan(0.005);
  });
});

describe('Zipf’s law', () => {
  it('draws place n as often as 1 / n^theta says', () => {
    const [count, theta] = [100, 0.99];
    const draw = createZipf(count, theta, createRandom(42));
    const found = Array.from({ length: count }, () => 0);
    for (let turn = 0; turn < draws; turn += 1) {
      const place = draw();
      found[place] = (found[place] ?? 0) + 1;
    }
    const sum = Array.from({ length: count }, (_, place) => 1 / (place + 1) ** theta).reduce((a, b) => a + b);
    for (const place of [0, 1, 9, 99])
      expect((found[place] ?? 0) / draws).toBeCloseTo(1 / (place + 1) ** theta / sum, 2);
    expect(found.every((times) => times > 0)).toBe(true);
  });

  it('tells the first place’s share, which is what is drawn', () => {
    expect([zipfShare(1, 0.99), zipfShare(20, 0.99)]).toEqual([1, expect.closeTo(0.2745, 3)]);
    const draw = createZipf(20, 0.99, createRandom(5));
    const first = Array.from({ length: draws }, draw).filter((place) => place === 0).length;
    expect(first / draws).toBeCloseTo(zipfShare(20, 0.99), 2);
  });

  it('reaches the first and the last place and none beyond, and needs one at least', () => {
    expect(createZipf(3, 0.99, () => 0)()).toBe(0);
    expect(createZipf(3, 0.99, () => 1 - 2 ** -32)()).toBe(2);
    expect(createZipf(1, 0.99, () => 0.5)()).toBe(0);
    expect(() => createZipf(0, 0.99, () => 0)).toThrow('expected at least 1');
  });
});

describe('a choice of operations', () => {
  it('has the shares that were asked for', () => {
    const choose = createChoice({ read: 95, update: 5 }, createRandom(3));
    const found = Array.from({ length: draws }, choose);
    expect(found.filter((operation) => operation === 'update').length / draws).toBeCloseTo(0.05, 2);
    expect(new Set(found)).toEqual(new Set(['read', 'update']));
    expect(createChoice({ order: 1 }, () => 0.999)()).toBe('order');
  });
});
