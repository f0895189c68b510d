import { describe, expect, test } from 'vitest';
import { documentedMoment, evaluateCall } from './testing/evaluate-call.ts';

type Case = readonly [expression: string, expected: unknown];

// Most of these are the examples of
// https://docs.aws.amazon.com/appsync/latest/devguide/time-helpers-in-util-time-js.html
describe('util.time', () => {
  test.each<Case>([
    ['util.time.nowISO8601()', '2018-02-06T19:01:35.749Z'],
    ['util.time.nowEpochSeconds()', 1517943695],
    ['util.time.nowEpochMilliSeconds()', documentedMoment],
    ["util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ')", '2018-02-06 19:01:35+0000'],
    ["util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')", '2018-02-07 03:01:35+0800'],
    ["util.time.parseFormattedToEpochMilliSeconds('2018-02-06 19:01:35Z', 'yyyy-MM-dd HH:mm:ssX')", 1517943695000],
    [
      "util.time.parseFormattedToEpochMilliSeconds('2018-02-06 19:01:35', 'yyyy-MM-dd HH:mm:ss', 'Australia/Sydney')",
      1517904095000,
    ],
    ["util.time.parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')", 1517476865180],
    ['util.time.epochMilliSecondsToSeconds(1517943695750)', 1517943695],
    ['util.time.epochMilliSecondsToISO8601(1517943695750)', '2018-02-06T19:01:35.750Z'],
    ['util.time.epochMilliSecondsToISO8601(253402300799999)', '9999-12-31T23:59:59.999Z'],
    ['util.time.epochMilliSecondsToISO8601(-1)', '1969-12-31T23:59:59.999Z'],
    ["util.time.epochMilliSecondsToFormatted(1517943695769, 'yyyy-MM-dd HH:mm:ssZ')", '2018-02-06 19:01:35+0000'],
    [
      "util.time.epochMilliSecondsToFormatted(1517943695769, 'yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')",
      '2018-02-07 03:01:35+0800',
    ],
  ])('%s', (expression, expected) => {
    expect(evaluateCall(expression)).toBe(expected);
  });
});

describe('formats of java.time.format.DateTimeFormatter', () => {
  test.each([
    ['yyyy', '2018'],
    ['yy', '18'],
    ['uuuu', '2018'],
    ['M', '2'],
    ['MM', '02'],
    ['MMM', 'Feb'],
    ['MMMM', 'February'],
    ['MMMMM', 'F'],
    ['d', '6'],
    ['dd', '06'],
    ['D', '37'],
    ['DDD', '037'],
    ['Q', '1'],
    ['QQQ', 'Q1'],
    ['QQQQ', '1st quarter'],
    ['E', 'Tue'],
    ['EEEE', 'Tuesday'],
    ['a', 'PM'],
    ['h', '7'],
    ['hh', '07'],
    ['H', '19'],
    ['k', '19'],
    ['K', '7'],
    ['m', '1'],
    ['ss', '35'],
    ['S', '7'],
    ['SSS', '749'],
    ['SSSSSS', '749000'],
    ['A', '68495749'],
    ['n', '749000000'],
    ['G', 'AD'],
    ['X', 'Z'],
    ['XXX', 'Z'],
    ['x', '+00'],
    ['xx', '+0000'],
    ['xxx', '+00:00'],
    ['Z', '+0000'],
    ['ZZZZ', 'GMT'],
    ['ZZZZZ', 'Z'],
    ['O', 'GMT'],
    ['VV', 'UTC'],
    ['z', 'UTC'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", '2018-02-06T19:01:35.749Z'],
    ["h 'o''clock' a", "7 o'clock PM"],
    ["''yy", "'18"],
  ])('%s is %s', (format, expected) => {
    expect(evaluateCall('util.time.nowFormatted(ctx.args.format)', { arguments: { format } })).toBe(expected);
  });

  test.each([
    ['Asia/Kolkata', 'XXX', '+05:30'],
    ['Asia/Kolkata', 'X', '+0530'],
    ['Australia/Perth', 'X', '+08'],
    ['America/New_York', 'O', 'GMT-5'],
    ['America/New_York', 'z', 'EST'],
    ['America/New_York', 'zzzz', 'Eastern Standard Time'],
    ['+02:00', 'HH:mm xxx', '21:01 +02:00'],
  ])('in %s, %s is %s', (zone, format, expected) => {
    const args = { zone, format };
    expect(evaluateCall('util.time.nowFormatted(ctx.args.format, ctx.args.zone)', { arguments: args })).toBe(expected);
  });

  test.each([
    ['20180206190135', 'yyyyMMddHHmmss', 1517943695000],
    ['6 Feb 2018', 'd MMM yyyy', 1517875200000],
    ['6 February 2018', 'd MMMM yyyy', 1517875200000],
    ['Tue, 06 Feb 2018 07:01 PM', 'EEE, dd MMM yyyy hh:mm a', 1517943660000],
    ['2018-02-06T19:01:35.749+01:00', "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", 1517940095749],
    ['2018-02-01 17:21:05.180+0800', 'yyyy-MM-dd HH:mm:ss.SSSZ', 1517476865180],
    ['2018-037', 'yyyy-DDD', 1517875200000],
    ['2018-02-06 19:01 America/New_York', 'yyyy-MM-dd HH:mm VV', 1517961660000],
  ])('%s as %s', (text, format, expected) => {
    const call = 'util.time.parseFormattedToEpochMilliSeconds(ctx.args.text, ctx.args.format)';
    expect(evaluateCall(call, { arguments: { text, format } })).toBe(expected);
  });

  test('in a zone with daylight saving, either side of the change', () => {
    const at = (text: string) =>
      evaluateCall(`util.time.parseFormattedToEpochMilliSeconds('${text}', 'yyyy-MM-dd HH:mm', 'America/New_York')`);
    expect(at('2024-03-10 01:30')).toBe(Date.parse('2024-03-10T01:30:00-05:00'));
    expect(at('2024-03-10 03:30')).toBe(Date.parse('2024-03-10T03:30:00-04:00'));
    expect(at('2024-07-01 12:00')).toBe(Date.parse('2024-07-01T12:00:00-04:00'));
  });

  test.each([
    ["util.time.nowFormatted('ww')", 'letter w'],
    ["util.time.nowFormatted('yyyy', 'Mars/Olympus')", 'Mars/Olympus'],
    ["util.time.parseFormattedToEpochMilliSeconds('2018-02-30', 'yyyy-MM-dd')", '2018-02-30'],
    ["util.time.parseFormattedToEpochMilliSeconds('2018', 'yyyy-MM-dd')", 'index 4'],
    ["util.time.parseFormattedToEpochMilliSeconds('2018-02-06x', 'yyyy-MM-dd')", 'unparsed'],
    ["util.time.parseISO8601ToEpochMilliSeconds('yesterday')", 'yesterday'],
    ["util.time.epochMilliSecondsToFormatted('x', 'yyyy')", 'no time'],
  ])('refuses %s', (expression, reason) => {
    expect(() => evaluateCall(expression)).toThrow(reason);
  });
});
