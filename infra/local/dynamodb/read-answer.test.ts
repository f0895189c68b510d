import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const isSorted = (names: readonly string[]): boolean => names.join('\n') === [...names].sort().join('\n');

it('reads what JSON.parse reads, of any JSON', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(readAnswer(text)).toStrictEqual(JSON.parse(text));
    }),
    { numRuns: 1000 },
  );
});

it('reads members in the order of their names, whatever theirs is', () => {
  const letters = fc.dictionary(fc.stringMatching(/^[a-z"\\é]{1,4}$/), fc.jsonValue(), { maxKeys: 20 });
  fc.assert(
    fc.property(fc.shuffledSubarray(['b', 'a', 'd', 'c'], { minLength: 4 }), letters, (names, nested) => {
      const text = JSON.stringify({ Item: Object.fromEntries(names.map((name) => [name, { M: nested }])) });
      const { Item } = readAnswer(text);
      expect(Object.keys(Item as object)).toEqual(['a', 'b', 'c', 'd']);
      expect(Object.values(Item as object).every(({ M }: { M: object }) => isSorted(Object.keys(M)))).toBe(true);
      expect({ Item }).toStrictEqual(JSON.parse(text));
    }),
  );
});

it('knows the members of one object from those of another that has as many', () => {
  const texts = ['{"b":1,"a":2}', '{"a":3,"b":4}', '{"c":5,"a":6}', '{"a":7,"b":null}', '{"b":8,"a":9,"b":0}'];
  for (const text of [...texts, ...texts]) {
    const read = readAnswer(text);
    expect(read).toStrictEqual(JSON.parse(text));
    expect(isSorted(Object.keys(read))).toBe(true);
  }
});

it.each([
  ['spaces', '{ "a": [1, 2] }'],
  ['a name that leads to a prototype', '{"__proto__":{"S":"a"},"b":1}'],
  ['that name with an escape, in an item', '{"Item":{"\\u005f_proto__":{"S":"a"}}}'],
  ['escapes', '{"a\\u0041\\"":"\\\\","b":"\\n\\""}'],
  ['numbers and names', '{"a":-1.5e3,"b":[true,false,null],"c":{},"d":[]}'],
])('reads %s as JSON.parse does', (_, text) => {
  expect(readAnswer(text)).toStrictEqual(JSON.parse(text));
});

it.each(['', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,}', '[1,]', '{"a":"b}', '{"a":1}x', '{"a":1 2}', '{a:1}', '"\\'])(
  'refuses %s',
  (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(() => readAnswer(text)).toThrow(SyntaxError);
  },
);
