import type { Ready, Source } from './cycle.ts';

const keptReasons = 5;

interface Running {
  readonly steps: readonly Ready[];
  readonly from: number;
  failed: boolean;
  conflict: boolean;
}

/** What has been recorded: milliseconds of journeys within the window, and all that went wrong at any time. */
export interface LoadRecord {
  readonly times: number[];
  readonly reasons: string[];
  errors: number;
  conflicts: number;
  sent: number;
  answered: number;
}

export interface Recorder {
  readonly record: LoadRecord;
  /** The request to send as step `index` of the journey that `round` is; a first step begins one. */
  stepOf(round: object, index: number): Ready;
  answered(round: object, index: number, status: number, body: string): void;
  fail(reason: string): void;
  /** Journeys that lie within what is between the two whole are measured. */
  openWindow(): void;
  closeWindow(): void;
}

/** Begins journeys, judges their answers and measures them. A round is whatever object the client has for one journey of a connection. */
export function createRecorder(next: Source, stepsPerJourney: number, now: () => number): Recorder {
  const record: LoadRecord = { times: [], reasons: [], errors: 0, conflicts: 0, sent: 0, answered: 0 };
  const running = new WeakMap<object, Running>();
  let opened = Infinity;
  let closed = false;

  const fail = (reason: string): void => {
    record.errors += 1;
    if (record.reasons.length < keptReasons) record.reasons.push(reason);
  };
  const journeyOf = (round: object, index: number): Running => {
    const known = running.get(round);
    if (known && index > 0) return known;
    const journey = { steps: next(), from: now(), failed: false, conflict: false };
    running.set(round, journey);
    return journey;
  };
  return {
    record,
    fail,
    stepOf(round, index) {
      const step = journeyOf(round, index).steps[index];
      if (!step) throw new Error(`A journey has no step ${index}: all of a plan need ${stepsPerJourney}`);
      record.sent += 1;
      return step;
    },
    answered(round, index, status, body) {
      record.answered += 1;
      const journey = running.get(round);
      const step = journey?.steps[index];
      if (!journey || !step) return fail('An answer came to no request of this load');
      const verdict = step.judge(status, body);
      if (verdict === 'conflict') journey.conflict = true;
      else if (verdict !== 'good') {
        if (!journey.failed) fail(verdict.wrong);
        journey.failed = true;
      }
      if (index < stepsPerJourney - 1 || journey.failed || closed || journey.from < opened) return;
      record.times.push(now() - journey.from);
      if (journey.conflict) record.conflicts += 1;
    },
    openWindow: () => void (opened = now()),
    closeWindow: () => void (closed = true),
  };
}
