import { randomDouble } from './host.ts';
import { currentRun } from './run.ts';

/**
 * The built-in objects of APPSYNC_JS, in place of JavaScript's own of the same names.
 * https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html#built-in-objects-functions
 */
export const builtins = {
  Object: {
    assign: Object.assign,
    entries: Object.entries,
    hasOwn: Object.hasOwn,
    keys: Object.keys,
    values: Object.values,
  },
  String: { raw: String.raw },
  Number: { isFinite: Number.isFinite, isNaN: Number.isNaN },
  Math: {
    random: randomDouble,
    min: Math.min,
    max: Math.max,
    round: Math.round,
    floor: Math.floor,
    ceil: Math.ceil,
  },
  JSON: {
    stringify: JSON.stringify,
    /** What is no JSON is the empty string. */
    parse(text: unknown): unknown {
      try {
        return JSON.parse(String(text));
      } catch {
        return '';
      }
    },
  },
  console: {
    log: (...values: unknown[]) => writeLog('INFO', '', values),
    error: (...values: unknown[]) => writeLog('ERROR', '', values),
  },
};

/** One line as AppSync logs it. `place` is `line:column` of the call, which compiled code fills in. */
export function writeLog(level: 'INFO' | 'ERROR', place: string, values: readonly unknown[]): void {
  const text = values.map((value) => JSON.stringify(value) ?? 'undefined').join(' ');
  currentRun().logs.push(`${level} - code.js${place === '' ? '' : `:${place}`}: ${text}`);
}
