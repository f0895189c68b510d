import { expect, test } from 'vitest';
import { formatMoney, parseMoney } from './money.ts';
import { formatEnum } from './number.ts';
import { formatDuration, formatRelative } from './time.ts';

test.each([
  [24_900, 'EUR', '€249.00'],
  [5, 'USD', '$0.05'],
  [1200, 'JPY', '¥1,200'],
  [1234, 'KWD', 'KWD\u00a01.234'],
])('%d of %s is %s', (minorUnits, currency, text) => {
  expect(formatMoney(minorUnits, currency, 'en')).toBe(text);
});

test.each([
  ['12.5', 'EUR', 1250],
  [' 12,50 ', 'EUR', 1250],
  ['0.07', 'USD', 7],
  ['300', 'JPY', 300],
  ['300.5', 'JPY', undefined],
  ['1.234', 'EUR', undefined],
  ['-1', 'EUR', undefined],
  ['', 'EUR', undefined],
  ['1e3', 'EUR', undefined],
])('%j of %s are %s minor units', (text, currency, minorUnits) => {
  expect(parseMoney(text, currency)).toBe(minorUnits);
});

test.each([
  [340, '340 ms'],
  [-5, '0 ms'],
  [1250, '1.2 s'],
  [59_999, '59.9 s'],
  [125_000, '2 min 5 s'],
  [11_400_000, '3 h 10 min'],
])('%d ms last %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test('times relative to now', () => {
  const now = new Date('2026-01-01T12:00:00Z');
  expect(formatRelative('2026-01-01T11:57:00Z', now, 'en')).toBe('3 minutes ago');
  expect(formatRelative('2026-01-02T12:00:00Z', now, 'en')).toBe('tomorrow');
});

test('enums as words', () => {
  expect(formatEnum('TENANT_ADMIN')).toBe('Tenant admin');
});
