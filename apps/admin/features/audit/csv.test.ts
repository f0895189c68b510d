import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('commas, quotes and line ends stay within their cell', () => {
  expect(
    toCsv([
      ['a', 'b,c'],
      ['say "x"', 'two\nlines'],
    ]),
  ).toBe('a,"b,c"\r\n"say ""x""","two\nlines"\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('%j is no formula in a spreadsheet', (text) => {
  expect(toCsv([[text]])).toBe(`'${text}\r\n`);
});
