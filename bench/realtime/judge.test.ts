import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { eventName } from './protocol.ts';

const sent = [
  { tenant: 0, sequence: 0, at: 100 },
  { tenant: 1, sequence: 0, at: 200 },
];
const heard = (tenant: number, connection: number, name: string, at = 250) => ({ tenant, connection, name, at });
const all = [
  heard(0, 0, eventName(0, 0), 110),
  heard(0, 1, eventName(0, 0), 130),
  heard(1, 2, eventName(1, 0), 210),
  heard(1, 3, eventName(1, 0), 205),
];

describe('what was heard', () => {
  it('is right when each event came to each connection of its tenant', () => {
    expect(judge(sent, all, 2)).toEqual({ delays: [10, 30, 10, 5], missing: 0, wrong: 0, repeated: 0 });
  });

  it('is wrong when one did not come', () => {
    expect(judge(sent, all.slice(1), 2)).toMatchObject({ missing: 1, wrong: 0 });
  });

  it('is wrong when another tenant heard it, or nobody sent it', () => {
    expect(judge(sent, [...all, heard(1, 2, eventName(0, 0)), heard(1, 2, 'other')], 2)).toMatchObject({ wrong: 2 });
  });

  it('may come again', () => {
    expect(judge(sent, [...all, ...all.slice(0, 1)], 2)).toMatchObject({ missing: 0, wrong: 0, repeated: 1 });
  });
});
