import { padStart, replaceText } from '../primordials.ts';
import { codeError } from '../signals.ts';

/** A moment as a wall clock of some zone shows it. */
export interface LocalTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of Greenwich. */
  readonly offset: number;
  readonly zone: string;
  readonly milliseconds: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

export function toLocalTime(milliseconds: number, zone: string): LocalTime {
  if (!Number.isFinite(milliseconds))
    throw codeError(`${milliseconds} is no time: expected milliseconds since the epoch`);
  const offset = offsetAt(milliseconds, zone);
  const date = new Date(milliseconds + offset * 60_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    offset,
    zone,
    milliseconds,
  };
}

/** The moment at which the zone's wall clock shows this (given as if it were UTC). */
export function fromWallClock(wallClock: number, zone: string): number {
  const guess = wallClock - offsetAt(wallClock, zone) * 60_000;
  return wallClock - offsetAt(guess, zone) * 60_000;
}

/** Minutes east of Greenwich of a zone at a moment. */
function offsetAt(milliseconds: number, zone: string): number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  const shown = partOf(milliseconds, zone, 'longOffset');
  return shown === 'GMT' ? 0 : parseOffset(shown.slice(3)) ?? 0;
}

function fixedOffset(zone: string): number | undefined {
  if (/^(?:UTC|GMT|Z|UT)$/.test(zone)) return 0;
  return parseOffset(replaceText(zone, /^(?:UTC|GMT|UT)(?=[+-])/, () => ''));
}

/** `+08:00`, `+0800` or `+08` in minutes. */
export function parseOffset(text: string): number | undefined {
  const found = /^([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(text);
  if (!found) return undefined;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return found[1] === '-' ? -minutes : minutes;
}

export function formatOffset(minutes: number, colon: boolean): string {
  const sign = minutes < 0 ? '-' : '+';
  const size = Math.abs(minutes);
  return `${sign}${padStart(String(Math.floor(size / 60)), 2, '0')}${colon ? ':' : ''}${padStart(
    String(size % 60),
    2,
    '0',
  )}`;
}

/** The zone's name: `AWST` or `Australian Western Standard Time`. */
export function zoneName({ milliseconds, zone }: LocalTime, long: boolean): string {
  if (fixedOffset(zone) !== undefined) return zone === 'UTC' && long ? 'Coordinated Universal Time' : zone;
  return partOf(milliseconds, zone, long ? 'long' : 'short');
}

function partOf(milliseconds: number, zone: string, timeZoneName: 'longOffset' | 'long' | 'short'): string {
  const key = `${zone} ${timeZoneName}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = createFormatter(zone, timeZoneName);
    formatters.set(key, formatter);
  }
  return formatter.formatToParts(milliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function createFormatter(zone: string, timeZoneName: 'longOffset' | 'long' | 'short'): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName });
  } catch {
    throw codeError(`Unknown time-zone ID: ${zone}`);
  }
}
