import { AwsError } from '../../errors.ts';
import { parseCron } from './cron.ts';

/** Whether a schedule fires in the time after `from` up to `to`; `since` is when its rule was made. All in milliseconds. */
export type Schedule = (since: number, from: number, to: number) => boolean;

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Source: EventBridge User Guide, "Setting a schedule pattern". Throws `ValidationException`. */
export function parseSchedule(expression: string): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) {
    const [, count, unit = '', plural] = rate;
    const every = Number(count) * (units[unit] as number);
    if (every === 0 || (Number(count) === 1) === (plural === 's')) throw invalid();
    // A rule that was made in this very time fires one interval later for the first time.
    return (since, from, to) => Math.floor((to - since) / every) > Math.floor((Math.max(from, since) - since) / every);
  }
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1];
  if (fields === undefined) throw invalid();
  const matches = parseCron(fields, invalid);
  return (_since, from, to) => {
    for (let minute = (Math.floor(from / 60_000) + 1) * 60_000; minute <= to; minute += 60_000) {
      if (matches(new Date(minute))) return true;
    }
    return false;
  };
}

function invalid(): AwsError {
  return new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
}
