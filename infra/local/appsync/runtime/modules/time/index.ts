import { now } from '../host.ts';
import { formatTime } from './format-time.ts';
import { parseIsoTime, parseTime } from './parse-time.ts';

/** The first year that has five digits, which the two ways to write it would write differently. */
const year10000 = 253_402_300_800_000;

function toIso(milliseconds: number): string {
  const isPlain = Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds < year10000;
  if (isPlain) return new Date(milliseconds).toISOString();
  return formatTime(milliseconds, "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", 'UTC');
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/time-helpers-in-util-time-js.html */
export const time = {
  nowISO8601: () => new Date(now()).toISOString(),
  nowEpochSeconds: () => Math.floor(now() / 1000),
  nowEpochMilliSeconds: () => now(),
  nowFormatted: (format: string, zone?: string) => formatTime(now(), format, zone ?? 'UTC'),
  parseFormattedToEpochMilliSeconds: (text: string, format: string, zone?: string) =>
    parseTime(text, format, zone ?? 'UTC'),
  parseISO8601ToEpochMilliSeconds: (text: string) => parseIsoTime(text),
  epochMilliSecondsToSeconds: (milliseconds: number) => Math.floor(milliseconds / 1000),
  epochMilliSecondsToISO8601: toIso,
  epochMilliSecondsToFormatted: (milliseconds: number, format: string, zone?: string) =>
    formatTime(milliseconds, format, zone ?? 'UTC'),
};
