/** Extended ISO 8601, as AppSync's date and time scalars want it; an offset is optional on a date and on a time. */
const datePart = String.raw`(?<year>-?\d{4})-(?<month>\d\d)-(?<day>\d\d)`;
const timePart = String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d{1,9})?)?`;
const offsetPart = String.raw`(?:Z|[+-](?<offsetHour>\d\d):(?<offsetMinute>\d\d)(?::(?<offsetSecond>\d\d))?)`;

const date = new RegExp(`^${datePart}${offsetPart}?$`);
const time = new RegExp(`^${timePart}${offsetPart}?$`);
const dateTime = new RegExp(`^${datePart}T${timePart}${offsetPart}$`);

export function isDate(value: string): boolean {
  return matches(date, value);
}

export function isTime(value: string): boolean {
  return matches(time, value);
}

export function isDateTime(value: string): boolean {
  return matches(dateTime, value);
}

function matches(pattern: RegExp, value: string): boolean {
  const groups = pattern.exec(value)?.groups;
  return groups !== undefined && isCalendarDay(groups) && isClockTime(groups);
}

function isCalendarDay({ year, month, day }: Record<string, string | undefined>): boolean {
  if (year === undefined) return true;
  const monthNumber = Number(month);
  if (monthNumber < 1 || monthNumber > 12) return false;
  const lastDay = new Date(Date.UTC(2000, monthNumber, 0));
  lastDay.setUTCFullYear(Number(year), monthNumber, 0);
  return Number(day) >= 1 && Number(day) <= lastDay.getUTCDate();
}

function isClockTime(groups: Record<string, string | undefined>): boolean {
  const within = (name: string, maximum: number) => Number(groups[name] ?? 0) <= maximum;
  const inDay = within('hour', 23) && within('minute', 59) && within('second', 59);
  return inDay && within('offsetHour', 18) && within('offsetMinute', 59) && within('offsetSecond', 59);
}
