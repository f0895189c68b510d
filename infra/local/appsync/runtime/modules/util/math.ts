import { randomDouble } from '../host.ts';
import { codeError } from '../signals.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/math-helpers-in-util-math-js.html */
export const math = {
  roundNum: (value: number) => Math.round(value),
  minVal: (one: number, other: number) => Math.min(one, other),
  maxVal: (one: number, other: number) => Math.max(one, other),
  randomDouble: () => randomDouble(),
  /** From the start on, below the end. */
  randomWithinRange(start: number, end: number): number {
    if (!(start <= end)) throw codeError(`util.math.randomWithinRange: got ${start} to ${end}`);
    return start + Math.floor(randomDouble() * (end - start));
  },
};
