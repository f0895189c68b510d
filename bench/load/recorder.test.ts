import { describe, expect, it } from 'vitest';
import { judge } from './cycle.ts';
import { createRecorder } from './recorder.ts';

const ready = (exactly: string) => ({
  headers: {},
  body: '',
  judge: (status: number, body: string) => (body === 'conflict' ? 'conflict' : judge({ exactly }, status, body)),
});

/** Two connections with journeys of two steps. */
function given() {
  let time = 0;
  const recorder = createRecorder(
    () => [ready('one'), ready('two')],
    2,
    () => time,
  );
  const ask = (round: object, answers: readonly [string, string], took: number): void => {
    answers.forEach((answer, index) => {
      recorder.stepOf(round, index);
      time += took / 2;
      recorder.answered(round, index, 200, answer);
    });
  };
  const pass = (milliseconds: number): void => void (time += milliseconds);
  return { recorder, record: recorder.record, ask, pass };
}

describe('a recorder', () => {
  it('measures journeys whole, and those alone that lie within its window', () => {
    const { recorder, record, ask, pass } = given();
    ask({}, ['one', 'two'], 7);
    const early = {};
    recorder.stepOf(early, 0);
    pass(1);
    recorder.openWindow();
    recorder.answered(early, 0, 200, 'one');
    recorder.stepOf(early, 1);
    recorder.answered(early, 1, 200, 'two');
    ask({}, ['one', 'two'], 10);
    const late = {};
    recorder.stepOf(late, 0);
    recorder.closeWindow();
    recorder.answered(late, 0, 200, 'one');
    recorder.stepOf(late, 1);
    recorder.answered(late, 1, 200, 'two');
    expect(record).toEqual({ times: [10], reasons: [], errors: 0, conflicts: 0, sent: 8, answered: 8 });
  });

  it('counts a journey with a wrong answer as one error, whenever it came, and does not measure it', () => {
    const { recorder, record, ask } = given();
    ask({}, ['wrong', 'wrong too'], 1);
    recorder.openWindow();
    ask({}, ['one', 'wrong'], 1);
    expect(record).toMatchObject({ times: [], errors: 2 });
    expect(record.reasons).toEqual(['answered 200 wrong, expected one', 'answered 200 wrong, expected two']);
  });

  it('counts a conflict apart, as an answer that is good', () => {
    const { recorder, record, ask } = given();
    recorder.openWindow();
    ask({}, ['one', 'conflict'], 4);
    expect(record).toMatchObject({ times: [4], errors: 0, conflicts: 1 });
  });
});
