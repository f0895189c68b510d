import { describe, expect, test } from 'vitest';
import { evaluateCall } from './testing/evaluate-call.ts';

function matches(pattern: string, text: string) {
  return evaluateCall('util.matches(ctx.args.pattern, ctx.args.text)', { arguments: { pattern, text } });
}

function replace(text: string, pattern: string, by: string, method: 'replace' | 'replaceAll' = 'replaceAll') {
  return evaluateCall(`ctx.args.text.${method}(ctx.args.pattern, ctx.args.by)`, { arguments: { text, pattern, by } });
}

describe('util.matches: java.util.regex.Pattern', () => {
  test.each([
    ['a*b', 'aaaaab', true],
    ['a*b', 'xaaab', false],
    ['^[a-z]+$', 'abc', true],
    ['[a-z&&[^bc]]+', 'ad', true],
    ['[a-z&&[^bc]]+', 'ab', false],
    ['[a-d[m-p]]+', 'am', true],
    ['[^a-d[m-p]]', 'z', true],
    ['[]a]+', 'a]', true],
    ['[a-]+', 'a-', true],
    ['\\p{Alpha}+\\p{Digit}', 'ab1', true],
    ['\\p{Alpha}+', 'é', false],
    ['\\p{Upper}\\p{Lower}+', 'Abc', true],
    ['\\P{Punct}+', 'a!', false],
    ['\\p{Lu}\\pL', 'Éa', true],
    ['\\p{IsAlphabetic}+', 'éa', true],
    ['\\p{IsLatin}+', 'abc', true],
    ['\\p{XDigit}{2}', 'fF', true],
    ['[\\p{Alnum}_-]+', 'a-1_', true],
    ['\\Qa.b\\E+', 'a.bbb', true],
    ['\\Qa.b\\E', 'axb', false],
    ['[\\Q^]\\E]+', '^]', true],
    ['(?i)abc', 'ABC', true],
    ['(?s)a.b', 'a\nb', true],
    ['a.b', 'a\nb', false],
    ['(?m)a$\\n^b', 'a\nb', true],
    ['a++b', 'aaab', true],
    ['a++ab', 'aaab', false],
    ['(a|b)*+c', 'abc', true],
    ['x?+x', 'x', false],
    ['(?>a|ab)c', 'abc', false],
    ['(?>a|ab)c', 'ac', true],
    ['(a)b++\\1', 'abba', true],
    ['(?<year>\\d{4})-\\k<year>', '2018-2018', true],
    ['(?<!a)b', 'b', true],
    ['(?=.*\\d)\\w{3,}', 'ab1', true],
    ['\\h+', ' \u00a0', true],
    ['\\R', '\r\n', true],
    ['\\x41\\u0042\\x{43}', 'ABC', true],
    ['\\061', '1', true],
    ['\\Aa\\z', 'a', true],
    ['a{2}', 'aa', true],
    ['a{2,3}?', 'aaa', true],
    ['\\d+', '١', false],
    ['\\s', '\u00a0', false],
    ['\\w+@\\w+\\.com', 'me@example.com', true],
    ['', '', true],
    ['[0-9a-f]{8}-[0-9a-f]{4}', '0123abcd-89ef', true],
    ['a#b/c', 'a#b/c', true],
  ])('%s on %j is %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test.each([
    ['(?x)a b', 'flag'],
    ['a(?i)b', 'Flags inside'],
    ['\\G', 'escape'],
    ['\\p{InGreek}', 'InGreek'],
    ['a**', 'Dangling'],
    ['*a', 'Dangling'],
    ['(a', 'Unclosed group'],
    ['[a', 'Unclosed character class'],
    ['a)', 'Unmatched'],
    ['\\2(a)', 'cannot be used'],
  ])('refuses %s', (pattern, reason) => {
    expect(() => matches(pattern, 'a')).toThrow(reason);
  });
});

describe('String.replace and replaceAll: Java patterns and replacements', () => {
  test.each([
    ['a.b.c', '\\.', '-', 'a-b-c'],
    ['abc', '.', 'x', 'xxx'],
    ['2018-02', '(\\d+)-(\\d+)', '$2/$1', '02/2018'],
    ['2018-02', '(?<y>\\d+)-\\d+', '${y}', '2018'],
    ['abc', '(b)', '$11', 'ab1c'],
    ['abc', 'b', '\\$0', 'a$0c'],
    ['abc', 'b', '[$0]', 'a[b]c'],
    ['abc', 'x*', '-', '-a-b-c-'],
    ['aab', '(a)++(b)', '$1$2', 'ab'],
    ['Hello World', '[aeiou]', '', 'Hll Wrld'],
  ])('%s: every %s by %s is %s', (text, pattern, by, expected) => {
    expect(replace(text, pattern, by)).toBe(expected);
  });

  test('replace changes the first only', () => {
    expect(replace('a.b.c', '\\.', '-', 'replace')).toBe('a-b.c');
  });

  test.each(['$', '$9', '${none}', '\\'])('refuses the replacement %s', (by) => {
    expect(() => replace('abc', 'b', by)).toThrow('Regular expression');
  });
});
