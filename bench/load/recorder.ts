import type { Verdict } from './cycle.ts';

const keptReasons = 5;

/** What has been recorded: milliseconds of journeys within the window, and all that went wrong at any time. */
export interface LoadRecord {
  readonly times: number[];
  readonly reasons: string[];
  errors: number;
  conflicts: number;
}

export interface Recorder {
  readonly record: LoadRecord;
  /** A journey that has just ended: the moment when it began, and how its answers were judged. */
  ended(from: number, verdicts: readonly Verdict[]): void;
  fail(reason: string): void;
  /** Journeys that lie within what is between the two whole are measured. */
  openWindow(): void;
  closeWindow(): void;
}

/** Measures journeys. One with a wrong answer is one error, and not measured. */
export function createRecorder(now: () => number): Recorder {
  const record: LoadRecord = { times: [], reasons: [], errors: 0, conflicts: 0 };
  let opened = Infinity;
  let closed = false;

  const fail = (reason: string): void => {
    record.errors += 1;
    if (record.reasons.length < keptReasons) record.reasons.push(reason);
  };
  return {
    record,
    fail,
    ended(from, verdicts) {
      for (const verdict of verdicts) if (typeof verdict === 'object') return fail(verdict.wrong);
      if (closed || from < opened) return;
      record.times.push(now() - from);
      if (verdicts.includes('conflict')) record.conflicts += 1;
    },
    openWindow: () => void (opened = now()),
    closeWindow: () => void (closed = true),
  };
}
