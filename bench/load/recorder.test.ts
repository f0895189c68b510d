import { describe, expect, it } from 'vitest';
import { createRecorder } from './recorder.ts';

function given() {
  let time = 0;
  const recorder = createRecorder(() => time);
  const pass = (milliseconds: number): number => (time += milliseconds);
  return { recorder, record: recorder.record, now: () => time, pass };
}

describe('a recorder', () => {
  it('measures journeys whole, and those alone that lie within its window', () => {
    const { recorder, record, now, pass } = given();
    const early = now();
    pass(7);
    recorder.openWindow();
    recorder.ended(early, ['good', 'good']);
    const within = now();
    pass(10);
    recorder.ended(within, ['good', 'good']);
    const late = now();
    pass(1);
    recorder.closeWindow();
    recorder.ended(late, ['good', 'good']);
    expect(record).toEqual({ times: [10], reasons: [], errors: 0, conflicts: 0 });
  });

  it('counts a journey with a wrong answer as one error, whenever it came, and does not measure it', () => {
    const { recorder, record, now, pass } = given();
    recorder.ended(now(), [{ wrong: 'this' }, { wrong: 'this too' }]);
    recorder.openWindow();
    pass(1);
    recorder.ended(0, ['good', { wrong: 'that' }]);
    expect(record).toEqual({ times: [], errors: 2, conflicts: 0, reasons: ['this', 'that'] });
  });

  it('counts a conflict apart, as an answer that is good', () => {
    const { recorder, record, now, pass } = given();
    recorder.openWindow();
    const from = now();
    pass(4);
    recorder.ended(from, ['good', 'conflict']);
    expect(record).toMatchObject({ times: [4], errors: 0, conflicts: 1 });
  });
});
