import { describe, expect, it } from 'vitest';
import type { Json } from '../../service.ts';
import { argumentFilter, enhancedFilter } from './filter.ts';

const holds = (
  operator: string,
  value: Json,
  payload: Json = { n: 5, s: 'hello', list: ['a', 'b'], deep: { x: 1 }, none: null },
  fieldName = 'n',
) => enhancedFilter({ filterGroup: [{ filters: [{ fieldName, operator, value }] }] })(payload);

describe('an enhanced filter', () => {
  it.each([
    ['eq', 5, 'n', true],
    ['eq', '5', 'n', false],
    ['ne', 4, 'n', true],
    ['lt', 5, 'n', false],
    ['le', 5, 'n', true],
    ['gt', 4, 'n', true],
    ['ge', 6, 'n', false],
    ['between', [1, 5], 'n', true],
    ['between', [6, 9], 'n', false],
    ['in', [4, 5], 'n', true],
    ['notIn', [4, 5], 'n', false],
    ['contains', 'ell', 's', true],
    ['contains', 'b', 'list', true],
    ['notContains', 'c', 'list', true],
    ['beginsWith', 'he', 's', true],
    ['containsAny', ['c', 'b'], 'list', true],
    ['eq', 1, 'deep.x', true],
    ['eq', null, 'none', true],
    ['eq', 1, '__proto__.x', false],
    ['gt', 1, 'absent', false],
  ])('%s %j on %s: %s', (operator, value, fieldName, expected) => {
    expect(holds(operator, value as Json, undefined, fieldName)).toBe(expected);
  });

  it('joins filters by AND and groups by OR', () => {
    const is = (fieldName: string, value: Json) => ({ fieldName, operator: 'eq', value });
    const filter = enhancedFilter({ filterGroup: [{ filters: [is('a', 1), is('b', 2)] }, { filters: [is('c', 3)] }] });
    expect([filter({ a: 1, b: 2 }), filter({ a: 1 }), filter({ c: 3 }), filter({})]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it.each([
    [{ fieldName: 'a', operator: 'like', value: 1 }, 'one of'],
    [{ fieldName: 'a', operator: 'constructor', value: 1 }, 'one of'],
    [{ fieldName: 'a', operator: 'in', value: [1, 2, 3, 4, 5, 6] }, 'at most 5'],
    [{ fieldName: 'a.b.c.d.e.f', operator: 'eq', value: 1 }, 'at most 5'],
    [{ fieldName: 'a', operator: 'eq', value: 'x'.repeat(257) }, '256'],
    [{ operator: 'eq', value: 1 }, 'fieldName'],
  ])('is refused beyond AppSync’s limits: %j', (filter, reason) => {
    expect(() => enhancedFilter({ filterGroup: [{ filters: [filter as Json] }] })).toThrow(reason);
  });
});

describe('an argument filter', () => {
  it('compares what was given, null included', () => {
    expect(argumentFilter({})({ a: 1 })).toBe(true);
    expect(argumentFilter({ a: 1 })({ a: 2 })).toBe(false);
    expect(argumentFilter({ a: null })({})).toBe(true);
    expect(argumentFilter({ a: null })({ a: 1 })).toBe(false);
  });
});
