import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../service.ts';
import { matchPattern } from './match-pattern.ts';
import { parsePattern } from './validate-pattern.ts';

const event: JsonObject = {
  source: 'shop',
  'detail-type': 'Order Placed',
  detail: {
    id: 'ord-7.json',
    total: 120,
    paid: true,
    note: null,
    tags: ['new', 'Gift'],
    ip: '10.1.2.3',
    ip6: '2001:db8::1',
    lines: [
      { sku: 'a', quantity: 1 },
      { sku: 'b', quantity: 5 },
    ],
    star: 'a*b',
  },
};

const matches = (pattern: object): boolean => matchPattern(parsePattern(JSON.stringify(pattern)), event);
const leaf = (name: string, ...matchers: readonly unknown[]): object => ({ detail: { [name]: matchers } });

describe('matches', () => {
  test.each<[string, object]>([
    ['exact', { source: ['other', 'shop'] }],
    ['number, boolean and null', { detail: { total: [120], paid: [true], note: [null] } }],
    ['one of a list', leaf('tags', 'new')],
    ['prefix', leaf('id', { prefix: 'ord-' })],
    ['prefix, any case', leaf('id', { prefix: { 'equals-ignore-case': 'ORD' } })],
    ['suffix', leaf('id', { suffix: '.json' })],
    ['equals-ignore-case', leaf('tags', { 'equals-ignore-case': 'gift' })],
    ['anything-but', leaf('id', { 'anything-but': ['x', 'y'] })],
    ['anything-but a number', leaf('total', { 'anything-but': 5 })],
    ['anything-but a prefix', leaf('id', { 'anything-but': { prefix: 'inv-' } })],
    ['anything-but wildcards', leaf('id', { 'anything-but': { wildcard: ['inv*', '*.xml'] } })],
    ['numeric', leaf('total', { numeric: ['>', 100, '<=', 120] })],
    ['numeric equality', leaf('total', { numeric: ['=', 120] })],
    ['exists', leaf('note', { exists: true })],
    ['exists not', leaf('nothing', { exists: false })],
    ['wildcard', leaf('id', { wildcard: 'o*-*.js*n' })],
    ['escaped wildcard', leaf('star', { wildcard: 'a\\*b' })],
    ['cidr', leaf('ip', { cidr: '10.0.0.0/8' })],
    ['cidr of version 6', leaf('ip6', { cidr: '2001:db8::/32' })],
    ['$or', { $or: [{ source: ['none'] }, leaf('paid', true)] }],
    ['$or beside others', { source: ['shop'], detail: { $or: [{ total: [1] }, { paid: [true] }] } }],
    ['one object of a list in all', { detail: { lines: { sku: ['b'], quantity: [5] } } }],
  ])('%s', (_, pattern) => {
    expect(matches(pattern)).toBe(true);
  });
});

describe('does not match', () => {
  test.each<[string, object]>([
    ['exact', { source: ['shopping'] }],
    ['a number as text', leaf('total', '120')],
    ['all of it', { source: ['shop'], 'detail-type': ['Other'] }],
    ['what is not there', leaf('nothing', { 'anything-but': 'x' })],
    ['anything-but', leaf('id', { 'anything-but': ['ord-7.json'] })],
    ['anything-but a prefix', leaf('id', { 'anything-but': { prefix: 'ord' } })],
    ['numeric', leaf('total', { numeric: ['>', 120] })],
    ['exists', leaf('nothing', { exists: true })],
    ['wildcard whose ends overlap', leaf('star', { wildcard: 'a*b*b' })],
    ['cidr', leaf('ip', { cidr: '10.2.0.0/16' })],
    ['cidr of no address', leaf('id', { cidr: '10.2.0.0/16' })],
    ['parts of different objects', { detail: { lines: { sku: ['a'], quantity: [5] } } }],
    ['inherited members', { toString: [{ exists: true }] }],
  ])('%s', (_, pattern) => {
    expect(matches(pattern)).toBe(false);
  });
});

test.each<[string, unknown]>([
  ['a text', 'x'],
  ['nothing', {}],
  ['a scalar', { source: 'x' }],
  ['an empty list', { source: [] }],
  ['an unknown filter', { source: [{ like: 'x' }] }],
  ['two filters in one', { source: [{ prefix: 'x', suffix: 'y' }] }],
  ['a wrong range', { n: [{ numeric: ['>', '1'] }] }],
  ['a wrong network', { n: [{ cidr: '10.0.0.0/64' }] }],
  ['a lone alternative', { $or: [{ a: [1] }] }],
  ['a text for exists', { n: [{ exists: 'true' }] }],
])('%s is no pattern', (_, pattern) => {
  expect(() => parsePattern(JSON.stringify(pattern))).toThrow('Event pattern is not valid');
});

test('a hostile wildcard is quick', () => {
  const pattern = parsePattern(JSON.stringify({ a: [{ wildcard: `${'*a'.repeat(50)}*b` }] }));
  const startedAt = performance.now();
  expect(matchPattern(pattern, { a: 'a'.repeat(50_000) })).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(100);
});
