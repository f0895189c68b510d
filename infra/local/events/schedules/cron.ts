interface Field {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ');

const fields = {
  minute: { least: 0, most: 59 },
  hour: { least: 0, most: 23 },
  day: { least: 1, most: 31 },
  month: { least: 1, most: 12, names: months },
  weekday: { least: 1, most: 7, names: weekdays },
  year: { least: 1970, most: 2199 },
} as const satisfies Record<string, Field>;

type Test = (value: number, date: Date) => boolean;

/** AWS's six fields, in UTC; the minute of `date` is what is asked for. `W` is refused like any other mistake. */
export function parseCron(text: string, invalid: () => Error): (date: Date) => boolean {
  const parts = text.trim().toUpperCase().split(/\s+/);
  const [minute, hour, day, month, weekday, year] = parts;
  if (parts.length !== 6 || (day === '?') === (weekday === '?')) throw invalid();
  const tests = {
    minute: parseField(minute as string, fields.minute, invalid),
    hour: parseField(hour as string, fields.hour, invalid),
    day: day === '?' ? always : day === 'L' ? isLastDay : parseField(day as string, fields.day, invalid),
    month: parseField(month as string, fields.month, invalid),
    weekday: weekday === '?' ? always : parseWeekday(weekday as string, invalid),
    year: parseField(year as string, fields.year, invalid),
  };
  return (date) =>
    tests.minute(date.getUTCMinutes(), date) &&
    tests.hour(date.getUTCHours(), date) &&
    tests.day(date.getUTCDate(), date) &&
    tests.month(date.getUTCMonth() + 1, date) &&
    tests.weekday(date.getUTCDay() + 1, date) &&
    tests.year(date.getUTCFullYear(), date);
}

const always: Test = () => true;

const isLastDay: Test = (_value, date) => new Date(date.getTime() + 86_400_000).getUTCDate() === 1;

/** `3#2` is the second Tuesday of the month, `6L` its last Friday. */
function parseWeekday(text: string, invalid: () => Error): Test {
  const nth = /^(\w+)#([1-5])$/.exec(text);
  if (nth) {
    const weekday = parseNumber(nth[1] as string, fields.weekday, invalid);
    return (value, date) => value === weekday && Math.ceil(date.getUTCDate() / 7) === Number(nth[2]);
  }
  const last = /^(\w+)L$/.exec(text);
  if (last) {
    const weekday = parseNumber(last[1] as string, fields.weekday, invalid);
    return (value, date) =>
      value === weekday && new Date(date.getTime() + 7 * 86_400_000).getUTCMonth() !== date.getUTCMonth();
  }
  return parseField(text, fields.weekday, invalid);
}

function parseField(text: string, field: Field, invalid: () => Error): Test {
  const allowed = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step = '1', ...more] = item.split('/');
    const [first = '', last, ...others] = range === '*' ? [String(field.least), String(field.most)] : range.split('-');
    if (more.length > 0 || others.length > 0 || !/^[1-9]\d*$/.test(step)) throw invalid();
    const from = parseNumber(first, field, invalid);
    const open = item.includes('/') ? field.most : from;
    const to = last === undefined ? open : parseNumber(last, field, invalid);
    if (to < from) throw invalid();
    for (let value = from; value <= to; value += Number(step)) allowed.add(value);
  }
  return (value) => allowed.has(value);
}

function parseNumber(text: string, { least, most, names }: Field, invalid: () => Error): number {
  const named = names?.indexOf(text) ?? -1;
  const value = named >= 0 ? named + 1 : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw invalid();
}
