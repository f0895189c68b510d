import { describe, expect, test } from 'vitest';
import { createMemoryState } from '../../state/memory.ts';
import { type BusEvent, createEventStore } from '../store.ts';
import { parseSchedule } from './parse-schedule.ts';
import { createScheduler } from './scheduler.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const fires = (expression: string, from: string, to: string, since = '2026-01-01T00:00:00'): boolean =>
  parseSchedule(expression)(at(since), at(from), at(to));

describe('schedules', () => {
  test.each<[string, string, boolean]>([
    ['rate(5 minutes)', '2026-01-01T00:05:00', true],
    ['rate(5 minutes)', '2026-01-01T00:04:59', false],
    ['rate(1 hour)', '2026-01-01T03:00:00', true],
    ['rate(2 days)', '2026-01-02T00:00:00', false],
    ['cron(0 10 * * ? *)', '2026-03-04T10:00:00', true],
    ['cron(0 10 * * ? *)', '2026-03-04T10:01:00', false],
    ['cron(15 12 ? * MON-FRI *)', '2026-11-23T12:15:00', true],
    ['cron(15 12 ? * MON-FRI *)', '2026-11-22T12:15:00', false],
    ['cron(0/15 8-9 1,15 JAN,MAR ? 2026)', '2026-03-15T09:45:00', true],
    ['cron(0 0 L * ? *)', '2026-02-28T00:00:00', true],
    ['cron(0 0 L * ? *)', '2026-02-27T00:00:00', false],
    ['cron(0 0 ? * 3#2 *)', '2026-11-10T00:00:00', true],
    ['cron(0 0 ? * 6L *)', '2026-11-27T00:00:00', true],
    ['cron(0 0 ? * 6L *)', '2026-11-20T00:00:00', false],
  ])('%s at %s: %s', (expression, time, expected) => {
    expect(fires(expression, new Date(at(time) - 1000).toISOString().slice(0, 19), time)).toBe(expected);
  });

  test.each([
    'rate(0 minutes)',
    'rate(1 minutes)',
    'rate(2 minute)',
    'rate(5 seconds)',
    'cron(* * * * * *)',
    'cron(0 0 W * ? *)',
    'cron(60 0 * * ? *)',
    'hourly',
  ])('%s is refused', (expression) => {
    expect(() => parseSchedule(expression)).toThrow('Parameter ScheduleExpression is not valid.');
  });
});

test('a due rule fires once, by the injected clock; a disabled one never', async () => {
  let now = at('2026-01-01T00:00:00');
  const environment = {
    accountId: '1',
    region: 'r',
    partition: 'aws',
    endpoint: '',
    certificateAuthority: '',
    folder: '',
  };
  const store = createEventStore(createMemoryState(), environment, { now: () => now });
  const base = { bus: 'default', schedule: 'rate(1 minute)', targets: [], createdAt: now, tags: {} };
  await store.putRule({ ...base, name: 'on', enabled: true });
  await store.putRule({ ...base, name: 'off', enabled: false });
  const fired: [string, BusEvent][] = [];
  const scheduler = createScheduler(
    store,
    () => 'id',
    async (rule, event) => void fired.push([rule.name, event]),
  );
  for (now += 30_000; now <= at('2026-01-01T00:02:00'); now += 30_000) await scheduler.runDue();
  expect(fired.map(([name]) => name)).toEqual(['on', 'on']);
  expect(fired[0]?.[1]).toMatchObject({
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    time: '2026-01-01T00:01:00Z',
  });
});

test('a rate counts from when its rule was made, and does not fire by being made', () => {
  const since = at('2026-01-01T00:00:00');
  const isDue = parseSchedule('rate(5 minutes)');
  expect(isDue(since, since - 500, since + 500)).toBe(false);
  expect(isDue(since, since + 299_500, since + 300_500)).toBe(true);
});
