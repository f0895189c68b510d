import { padStart } from '../primordials.ts';
import { codeError } from '../signals.ts';
import { dayNames, monthNames } from './names.ts';
import { parseFormat, type FormatPart } from './pattern.ts';
import { fromWallClock, parseOffset } from './zone.ts';

interface Fields {
  year: number;
  month: number;
  day: number;
  dayOfYear?: number;
  hour: number;
  halfDayHour?: number;
  afternoon?: boolean;
  minute: number;
  second: number;
  millisecond: number;
  offset?: number;
  zone?: string;
}

/** java.time.format.DateTimeFormatter.ofPattern(format).parse, in English, as milliseconds since the epoch. */
export function parseTime(text: string, format: string, zone: string): number {
  const fields: Fields = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
  const parts = parseFormat(format);
  let rest = text;
  parts.forEach((part, index) => {
    const length =
      'text' in part
        ? rest.startsWith(part.text)
          ? part.text.length
          : -1
        : readField(rest, part, parts[index + 1], fields);
    if (length < 0)
      throw codeError(`Text '${text}' could not be parsed at index ${text.length - rest.length} with ${format}`);
    rest = rest.slice(length);
  });
  if (rest !== '') throw codeError(`Text '${text}' has unparsed text '${rest}' with ${format}`);
  return toMilliseconds(fields, zone, text);
}

type Field = Extract<FormatPart, { letter: string }>;

/** How many characters the field took of the text; -1 if it cannot be read. */
function readField(text: string, { letter, count }: Field, next: FormatPart | undefined, fields: Fields): number {
  // A number next to another has exactly its letters' width, as in yyyyMMdd.
  const adjacent = next !== undefined && 'letter' in next && /[uyMdDHkKhmsSAnN]/.test(next.letter);
  const number = (set: (value: number) => void): number => {
    const width = adjacent || count === 2 ? `{${count}}` : '{1,9}';
    const found = new RegExp(`^\\d${width}`).exec(text);
    if (!found || (count > 2 && found[0].length < count)) return -1;
    set(Number(found[0]));
    return found[0].length;
  };
  const expression = (pattern: RegExp, set: (found: string) => void): number => {
    const found = pattern.exec(text);
    if (!found) return -1;
    set(found[0]);
    return found[0].length;
  };
  const name = (names: readonly string[], set: (index: number) => void): number => {
    const shown = names.map((each) => (count === 4 ? each : each.slice(0, 3)));
    const index = shown.findIndex((each) => text.startsWith(each));
    set(index);
    return shown[index]?.length ?? -1;
  };
  switch (letter) {
    case 'u':
    case 'y':
      return number((value) => (fields.year = count === 2 ? 2000 + value : value));
    case 'M':
    case 'L':
      return count < 3
        ? number((value) => (fields.month = value))
        : name(monthNames, (index) => (fields.month = index + 1));
    case 'd':
      return number((value) => (fields.day = value));
    case 'D':
      return number((value) => (fields.dayOfYear = value));
    case 'E':
      return name(dayNames, () => undefined);
    case 'a':
      return expression(/^[AP]M/, (found) => (fields.afternoon = found === 'PM'));
    case 'H':
      return number((value) => (fields.hour = value));
    case 'k':
      return number((value) => (fields.hour = value % 24));
    case 'K':
    case 'h':
      return number((value) => (fields.halfDayHour = value % 12));
    case 'm':
      return number((value) => (fields.minute = value));
    case 's':
      return number((value) => (fields.second = value));
    case 'S':
      return expression(
        new RegExp(`^\\d{${count}}`),
        (found) => (fields.millisecond = Number(`${found}000`.slice(0, 3))),
      );
    case 'z':
    case 'V':
      return expression(/^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*/, (found) => (fields.zone = found));
    case 'Z':
      return expression(count === 5 ? /^(?:Z|[+-]\d{2}:\d{2})/ : /^[+-]\d{4}/, (found) => setOffset(fields, found));
    case 'X':
      return expression(offsetPattern(count, true), (found) => setOffset(fields, found));
    case 'x':
      return expression(offsetPattern(count, false), (found) => setOffset(fields, found));
    default:
      throw codeError(`The pattern letter ${letter} of a date format is not supported`);
  }
}

function offsetPattern(count: number, zulu: boolean): RegExp {
  const digits = count === 1 ? '\\d{2}(?:\\d{2})?' : count === 2 || count === 4 ? '\\d{4}' : '\\d{2}:\\d{2}';
  return new RegExp(`^(?:${zulu ? 'Z|' : ''}[+-]${digits})`);
}

function setOffset(fields: Fields, text: string): void {
  fields.offset = text === 'Z' ? 0 : parseOffset(text);
}

function toMilliseconds(fields: Fields, zone: string, text: string): number {
  const { year, minute, second, millisecond } = fields;
  const hour = fields.halfDayHour === undefined ? fields.hour : fields.halfDayHour + (fields.afternoon ? 12 : 0);
  const [month, day] = fields.dayOfYear === undefined ? [fields.month, fields.day] : [1, fields.dayOfYear];
  const wallClock = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  if (fields.dayOfYear === undefined) requireExisting(wallClock, [year, month, day, hour, minute, second], text);
  if (fields.offset !== undefined) return wallClock - fields.offset * 60_000;
  return fromWallClock(wallClock, fields.zone ?? zone);
}

/** Refuses the 30th of February: Date would make it March. */
function requireExisting(wallClock: number, parts: readonly number[], text: string): void {
  const [year, ...rest] = parts;
  const [month, day, hour, minute, second] = rest.map((part) => padStart(String(part), 2, '0'));
  const written = `${padStart(String(year), 4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
  if (Number.isNaN(wallClock) || new Date(wallClock).toISOString().slice(0, 19) !== written)
    throw codeError(`Text '${text}' is no time: ${written}`);
}

/** An ISO 8601 timestamp with its offset. */
export function parseIsoTime(text: string): number {
  const found =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)(?:\[[^\]]+\])?$/.exec(text);
  const milliseconds = found ? Date.parse(normalizeOffset(text)) : NaN;
  if (Number.isNaN(milliseconds)) throw codeError(`Text '${text}' could not be parsed as an ISO 8601 timestamp`);
  return milliseconds;
}

function normalizeOffset(text: string): string {
  const found = /^(.*?)([+-]\d{2}):?(\d{2})?(?:\[[^\]]+\])?$/.exec(text.slice(16));
  return found ? `${text.slice(0, 16)}${found[1]}${found[2]}:${found[3] ?? '00'}` : text.split('[')[0] ?? text;
}
