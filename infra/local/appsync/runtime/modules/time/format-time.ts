import { padStart } from '../primordials.ts';
import { codeError } from '../signals.ts';
import { dayNames, monthNames } from './names.ts';
import { parseFormat } from './pattern.ts';
import { formatOffset, toLocalTime, zoneName, type LocalTime } from './zone.ts';

/** java.time.format.DateTimeFormatter.ofPattern(format).format, in English. */
export function formatTime(milliseconds: number, format: string, zone: string): string {
  const time = toLocalTime(milliseconds, zone);
  return parseFormat(format)
    .map((part) => ('text' in part ? part.text : formatField(time, part.letter, part.count)))
    .join('');
}

function formatField(time: LocalTime, letter: string, count: number): string {
  const number = (value: number) => padStart(String(value), count, '0');
  switch (letter) {
    case 'u':
    case 'y':
      return count === 2 ? padStart(String(time.year % 100), 2, '0') : number(time.year);
    case 'M':
    case 'L':
      return count < 3 ? number(time.month) : shorten(monthNames[time.month - 1] ?? '', count);
    case 'd':
      return number(time.day);
    case 'D':
      return number(dayOfYear(time));
    case 'Q':
    case 'q':
      return formatQuarter(Math.ceil(time.month / 3), count);
    case 'E':
      return shorten(dayNames[dayOfWeek(time)] ?? '', count);
    case 'G':
      return count === 4 ? 'Anno Domini' : count === 5 ? 'A' : 'AD';
    case 'a':
      return time.hour < 12 ? 'AM' : 'PM';
    case 'H':
      return number(time.hour);
    case 'k':
      return number(time.hour === 0 ? 24 : time.hour);
    case 'K':
      return number(time.hour % 12);
    case 'h':
      return number(time.hour % 12 === 0 ? 12 : time.hour % 12);
    case 'm':
      return number(time.minute);
    case 's':
      return number(time.second);
    case 'S':
      return `${padStart(String(time.millisecond), 3, '0')}000000`.slice(0, count);
    case 'A':
      return number(millisecondOfDay(time));
    case 'n':
      return number(time.millisecond * 1_000_000);
    case 'N':
      return number(millisecondOfDay(time) * 1_000_000);
    case 'V':
      return time.zone;
    case 'z':
      return zoneName(time, count === 4);
    case 'Z':
      return formatZ(time.offset, count);
    case 'O':
      return formatO(time.offset, count);
    case 'X':
      return time.offset === 0 ? 'Z' : formatX(time.offset, count);
    case 'x':
      return formatX(time.offset, count);
    default:
      throw codeError(`The pattern letter ${letter} of a date format is not supported`);
  }
}

function shorten(name: string, count: number): string {
  return count === 4 ? name : name.slice(0, count === 5 ? 1 : 3);
}

function formatQuarter(quarter: number, count: number): string {
  if (count < 3) return padStart(String(quarter), count, '0');
  const ordinals = ['1st', '2nd', '3rd', '4th'];
  return count === 3 ? `Q${quarter}` : `${ordinals[quarter - 1]} quarter`;
}

function formatZ(offset: number, count: number): string {
  if (count === 4) return formatO(offset, 4);
  return count === 5 && offset === 0 ? 'Z' : formatOffset(offset, count === 5);
}

function formatO(offset: number, count: number): string {
  if (offset === 0) return 'GMT';
  if (count === 4) return `GMT${formatOffset(offset, true)}`;
  const hours = Math.floor(Math.abs(offset) / 60);
  const minutes = Math.abs(offset) % 60;
  return `GMT${offset < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : `:${padStart(String(minutes), 2, '0')}`}`;
}

function formatX(offset: number, count: number): string {
  if (count === 1 && offset % 60 === 0) return formatOffset(offset, false).slice(0, 3);
  return formatOffset(offset, count === 3 || count === 5);
}

function dayOfWeek({ year, month, day }: LocalTime): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

function dayOfYear({ year, month, day }: LocalTime): number {
  return (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 0)) / 86_400_000;
}

function millisecondOfDay({ hour, minute, second, millisecond }: LocalTime): number {
  return ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond;
}
