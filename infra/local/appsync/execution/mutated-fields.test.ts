import { describe, expect, it } from 'vitest';
import { buildSchema } from '../definition/build-schema.ts';
import type { Json, JsonObject } from '../../service.ts';
import { createDocuments } from './documents.ts';
import { mutatedFields } from './mutated-fields.ts';

const documents = createDocuments(
  buildSchema(`
    type Query { nothing: String }
    type Mutation { create: Node  list: [Node] }
    type Node { id: ID  name: String  child(id: ID, of: String): Node  children: [Node] }
  `),
);

/** What is published of a mutation's answer, by the mutation's field. */
function published(query: string, data: JsonObject, variables: JsonObject = {}): Json[] {
  const document = documents.get(query);
  const node = document.kind === 'valid' ? document.operations[0] : undefined;
  if (document.kind !== 'valid' || !node) throw new Error(`Not a document: ${JSON.stringify(document)}`);
  return mutatedFields({ document, node, variables }, data).map(({ name, value }) => ({ [name]: value }));
}

describe('what a mutation publishes', () => {
  it('has fields by their names', () => {
    const query = 'mutation { made: create { key: id name } other: create { id } }';
    const data = { made: { key: '1', name: 'n' }, other: { id: '2' } };
    expect(published(query, data)).toEqual([{ create: { id: '1', name: 'n' } }, { create: { id: '2' } }]);
  });

  it('is nothing of a field that failed, and of a query', () => {
    expect(published('mutation { create { id } }', { create: null })).toEqual([]);
    expect(published('{ nothing }', { nothing: 'x' })).toEqual([]);
  });

  it('leaves out what @skip leaves out', () => {
    const query = 'mutation($no: Boolean!) { create { id @skip(if: $no) name } }';
    expect(published(query, { create: { name: 'n' } }, { no: true })).toEqual([{ create: { name: 'n' } }]);
  });

  it.each<[string, string, JsonObject, Json]>([
    [
      'puts together what a field answered under several aliases',
      'a: child { id } b: child { name }',
      { a: { id: '1' }, b: { name: 'n' } },
      { child: { id: '1', name: 'n' } },
    ],
    [
      'at every depth, with fragments',
      'a: child { ... on Node { child { id } } } b: child { inner: child { name } }',
      { a: { child: { id: '1' } }, b: { inner: { name: 'n' } } },
      { child: { child: { id: '1', name: 'n' } } },
    ],
    [
      'in lists, item by item',
      'a: children { id } b: children { name }',
      { a: [{ id: '1' }, { id: '2' }, null], b: [{ name: 'n' }, { name: 'm' }, null] },
      { children: [{ id: '1', name: 'n' }, { id: '2', name: 'm' }, null] },
    ],
    [
      'with the same arguments, however they are ordered',
      'a: child(id: 1, of: "x") { id } b: child(of: "x", id: 1) { name }',
      { a: { id: '1' }, b: { name: 'n' } },
      { child: { id: '1', name: 'n' } },
    ],
    [
      'and never mixes two things: of other arguments the last holds',
      'a: child(id: 1) { id name } b: child(id: 2) { id }',
      { a: { id: '1', name: 'n' }, b: { id: '2' } },
      { child: { id: '2' } },
    ],
    [
      'nor lists of other lengths',
      'a: children { id name } b: children { id }',
      {
        a: [
          { id: '1', name: 'n' },
          { id: '2', name: 'm' },
        ],
        b: [{ id: '2' }],
      },
      { children: [{ id: '2' }] },
    ],
    [
      'passes over an alias that failed',
      'a: child { id } b: child { name }',
      { a: { id: '1' }, b: null },
      { child: { id: '1' } },
    ],
  ])('%s', (_, selection, answer, expected) => {
    expect(published(`mutation { create { ${selection} } }`, { create: answer })).toEqual([{ create: expected }]);
  });
});
