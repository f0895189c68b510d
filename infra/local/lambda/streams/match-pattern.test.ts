import { describe, expect, test } from 'vitest';
import type { Json } from '../../service.ts';
import { compilePattern } from './match-pattern.ts';

const matches = (pattern: Json, event: Json): boolean => compilePattern(JSON.stringify(pattern))(event);

describe('event patterns', () => {
  test.each<[string, Json, Json, boolean]>([
    ['a value', { a: ['x'] }, { a: 'x' }, true],
    ['another value', { a: ['x'] }, { a: 'y' }, false],
    ['one of many', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['all members', { a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
    ['nested', { a: { b: [1] } }, { a: { b: 1 } }, true],
    ['null', { a: [null] }, { a: null }, true],
    ['null is not absent', { a: [null] }, {}, false],
    ['a list in the event', { a: ['x'] }, { a: ['w', 'x'] }, true],
    ['prefix', { a: [{ prefix: 'ab' }] }, { a: 'abc' }, true],
    ['suffix', { a: [{ suffix: 'bc' }] }, { a: 'abc' }, true],
    ['exists', { a: [{ exists: true }] }, { a: 0 }, true],
    ['does not exist', { a: [{ exists: false }] }, {}, true],
    ['does exist', { a: [{ exists: false }] }, { a: 1 }, false],
    ['anything but', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, true],
    ['anything but, the thing', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'x' }, false],
    ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, false],
    ['numeric within', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
    ['numeric outside', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 0 }, false],
    ['numeric of a text', { a: [{ numeric: ['=', 5] }] }, { a: '5' }, false],
    ['case', { a: [{ 'equals-ignore-case': 'AbC' }] }, { a: 'aBc' }, true],
    ['$or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
    ['$or, none', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'y' }, false],
  ])('%s', (_name, pattern, event, expected) => expect(matches(pattern, event)).toBe(expected));

  test.each([['{'], ['[]'], ['{"a":"x"}'], ['{"a":[]}'], ['{"a":[{"near":1}]}'], ['{"a":[{"numeric":[">"]}]}']])(
    'refuses %s',
    (text) => expect(() => compilePattern(text)).toThrow('Invalid filter pattern definition'),
  );
});
