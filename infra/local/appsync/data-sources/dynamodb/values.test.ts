import { expect, test } from 'vitest';
import type { Json } from '../../../service.ts';
import { fromWireItem, toWireMap } from './values.ts';

const item = { n: 1.5, s: 'x', b: true, nothing: null, list: [1, { deep: 'y' }], map: { ss: ['a'] } };
const wire: Json = {
  n: { N: '1.5' },
  s: { S: 'x' },
  b: { BOOL: true },
  nothing: { NULL: true },
  list: { L: [{ N: '1' }, { M: { deep: { S: 'y' } } }] },
  map: { M: { ss: { SS: ['a'] } } },
};

test('wire values are read as plain JSON', () => {
  expect(fromWireItem(wire)).toEqual(item);
  expect(toWireMap({ n: { N: 1.5 }, list: { L: [{ N: 1 }] }, nothing: { NULL: null } }, 'item')).toEqual({
    n: { N: '1.5' },
    list: { L: [{ N: '1' }] },
    nothing: { NULL: true },
  });
});

test('an attribute with the name of the prototype becomes none', () => {
  const hostile = JSON.parse('{"__proto__":{"M":{"admin":{"BOOL":true}}},"a":{"S":"b"}}') as Json;
  for (const read of [fromWireItem(hostile), toWireMap(hostile, 'item')]) {
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(read['admin']).toBeUndefined();
  }
});
