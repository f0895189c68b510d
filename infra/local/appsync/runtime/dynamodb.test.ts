import { describe, expect, test } from 'vitest';
import { evaluateCall } from './testing/evaluate-call.ts';

type Case = readonly [expression: string, expected: unknown];

const key = { id: { S: '1' } };

// https://docs.aws.amazon.com/appsync/latest/devguide/built-in-modules-js.html
describe('@aws-appsync/utils/dynamodb', () => {
  test.each<Case>([
    [
      "ddb.get({ key: { id: '1' }, consistentRead: true, projection: ['id', 'nested.list[1]'] })",
      {
        operation: 'GetItem',
        key,
        consistentRead: true,
        projection: {
          expression: '#expName_1, #expName_2.#expName_3[1]',
          expressionNames: { '#expName_1': 'id', '#expName_2': 'nested', '#expName_3': 'list' },
        },
      },
    ],
    [
      "ddb.put({ key: { id: '1' }, item: { title: 'a', tags: ddb.toStringSet(['x']), none: null } })",
      { operation: 'PutItem', key, attributeValues: { title: { S: 'a' }, tags: { SS: ['x'] }, none: { NULL: null } } },
    ],
    [
      "ddb.put({ key: { id: '1' }, item: {}, condition: { id: { attributeExists: false } }, _version: 1, customPartitionKey: 'p', populateIndexFields: true })",
      {
        operation: 'PutItem',
        key,
        attributeValues: {},
        condition: { expression: '(attribute_not_exists(#id))', expressionNames: { '#id': 'id' } },
        _version: 1,
        customPartitionKey: 'p',
        populateIndexFields: true,
      },
    ],
    [
      "ddb.remove({ key: { id: '1' }, condition: { owner: { eq: 'me' } } })",
      {
        operation: 'DeleteItem',
        key,
        condition: {
          expression: '(#owner = :owner_eq)',
          expressionNames: { '#owner': 'owner' },
          expressionValues: { ':owner_eq': { S: 'me' } },
        },
      },
    ],
    [
      "ddb.query({ query: { id: { eq: '1' } }, limit: 10, nextToken: 't', index: 'i', scanIndexForward: false, consistentRead: false, select: 'ALL_ATTRIBUTES' })",
      {
        operation: 'Query',
        query: {
          expression: '#expName_1 = :expValue_1',
          expressionNames: { '#expName_1': 'id' },
          expressionValues: { ':expValue_1': { S: '1' } },
        },
        limit: 10,
        nextToken: 't',
        index: 'i',
        scanIndexForward: false,
        consistentRead: false,
        select: 'ALL_ATTRIBUTES',
      },
    ],
    [
      "ddb.query({ query: { id: { eq: '1' }, sort: { beginsWith: 'a' } }, nextToken: null, filter: { price: { gt: 5 } }, projection: ['id', 'price'] })",
      {
        operation: 'Query',
        query: {
          expression: '#expName_1 = :expValue_1 AND begins_with(#expName_2, :expValue_2)',
          expressionNames: { '#expName_1': 'id', '#expName_2': 'sort' },
          expressionValues: { ':expValue_1': { S: '1' }, ':expValue_2': { S: 'a' } },
        },
        filter: {
          expression: '(#price > :price_gt)',
          expressionNames: { '#price': 'price' },
          expressionValues: { ':price_gt': { N: 5 } },
        },
        projection: {
          expression: '#expName_1, #expName_3',
          expressionNames: { '#expName_1': 'id', '#expName_3': 'price' },
        },
      },
    ],
    [
      "ddb.query({ query: { id: { eq: '1' }, at: { between: [1, 2] } } }).query.expression",
      '#expName_1 = :expValue_1 AND #expName_2 BETWEEN :expValue_2 AND :expValue_3',
    ],
    [
      "ddb.query({ query: { id: { eq: '1' }, at: { ge: 1 } } }).query.expression",
      '#expName_1 = :expValue_1 AND #expName_2 >= :expValue_2',
    ],
    ['ddb.scan({})', { operation: 'Scan' }],
    [
      'ddb.scan({ limit: 5, segment: 0, totalSegments: 2, filter: { a: { in: [1] } } })',
      {
        operation: 'Scan',
        limit: 5,
        segment: 0,
        totalSegments: 2,
        filter: {
          expression: '(#a IN (:a_in_0))',
          expressionNames: { '#a': 'a' },
          expressionValues: { ':a_in_0': { N: 1 } },
        },
      },
    ],
    [
      "ddb.sync({ limit: 10, nextToken: 't', lastSync: 1, basePartitionKey: 'b', deltaIndexName: 'd' })",
      { operation: 'Sync', limit: 10, nextToken: 't', lastSync: 1, basePartitionKey: 'b', deltaIndexName: 'd' },
    ],
    [
      "ddb.batchGet({ tables: { posts: { keys: [{ id: '1' }], consistentRead: true, projection: ['id'] } } })",
      {
        operation: 'BatchGetItem',
        tables: {
          posts: {
            keys: [key],
            consistentRead: true,
            projection: { expression: '#expName_1', expressionNames: { '#expName_1': 'id' } },
          },
        },
      },
    ],
    [
      "ddb.batchPut({ tables: { posts: [{ id: '1', n: 2 }] } })",
      { operation: 'BatchPutItem', tables: { posts: [{ ...key, n: { N: 2 } }] } },
    ],
    [
      "ddb.batchDelete({ tables: { posts: [{ id: '1' }] } })",
      { operation: 'BatchDeleteItem', tables: { posts: [key] } },
    ],
    [
      "ddb.transactGet({ items: [{ table: 'posts', key: { id: '1' }, projection: ['name'] }] })",
      {
        operation: 'TransactGetItems',
        transactItems: [
          { table: 'posts', key, projection: { expression: '#expName_1', expressionNames: { '#expName_1': 'name' } } },
        ],
      },
    ],
    [
      "ddb.transactWrite({ items: [{ putItem: { table: 'a', key: { id: '1' }, item: { n: 1 } } }, { deleteItem: { table: 'b', key: { id: '1' } } }, { updateItem: { table: 'c', key: { id: '1' }, update: { n: ddb.operations.increment() } } }, { conditionCheck: { table: 'd', key: { id: '1' }, condition: { id: { attributeExists: true } } } }] })",
      {
        operation: 'TransactWriteItems',
        transactItems: [
          { table: 'a', operation: 'PutItem', key, attributeValues: { n: { N: 1 } } },
          { table: 'b', operation: 'DeleteItem', key },
          {
            table: 'c',
            operation: 'UpdateItem',
            key,
            update: {
              expression: 'SET #expName_1 = #expName_1 + :expValue_1',
              expressionNames: { '#expName_1': 'n' },
              expressionValues: { ':expValue_1': { N: 1 } },
            },
          },
          {
            table: 'd',
            operation: 'ConditionCheck',
            key,
            condition: { expression: '(attribute_exists(#id))', expressionNames: { '#id': 'id' } },
          },
        ],
      },
    ],
    ['ddb.toNumberSet([1, 2])', { NS: [1, 2] }],
    ["ddb.toBinarySet(['YQ=='])", { BS: ['YQ=='] }],
  ])('%s', (expression, expected) => {
    expect(evaluateCall(expression)).toEqual(expected);
  });

  test.each([
    ["{ a: 'b' }", 'SET #expName_1 = :expValue_1'],
    ['{ a: null }', 'SET #expName_1 = :expValue_1'],
    ['{ a: 1, b: 2 }', 'SET #expName_1 = :expValue_1, #expName_2 = :expValue_2'],
    ['{ a: ddb.operations.remove() }', 'REMOVE #expName_1'],
    ['{ a: ddb.operations.remove(), b: 1 }', 'SET #expName_2 = :expValue_1 REMOVE #expName_1'],
    ['{ a: ddb.operations.replace({ b: 1 }) }', 'SET #expName_1 = :expValue_1'],
    [
      '{ a: { b: 1, c: { d: 2 } } }',
      'SET #expName_1.#expName_2 = :expValue_1, #expName_1.#expName_3.#expName_4 = :expValue_2',
    ],
    ['{ a: ddb.operations.append([1]) }', 'SET #expName_1 = list_append(#expName_1, :expValue_1)'],
    [
      "{ a: [ddb.operations.updateListItem('x', 1), ddb.operations.updateListItem('y', 2)] }",
      'SET #expName_1[1] = :expValue_1, #expName_1[2] = :expValue_2',
    ],
    ['{ a: [1, 2] }', 'SET #expName_1 = :expValue_1'],
    ["{ a: ddb.toStringSet(['x']) }", 'SET #expName_1 = :expValue_1'],
    ['{ a: undefined, b: 1 }', 'SET #expName_1 = :expValue_1'],
    ['{ a: ddb.operations.increment(5) }', 'SET #expName_1 = #expName_1 + :expValue_1'],
  ])('an update of %s', (update, expected) => {
    expect(evaluateCall(`ddb.update({ key: { id: '1' }, update: ${update} }).update.expression`)).toBe(expected);
  });

  test.each([
    ['ddb.get({})', 'get: key'],
    ['ddb.get()', 'get'],
    ["ddb.put({ key: { id: '1' } })", 'put: item'],
    ["ddb.update({ key: { id: '1' }, update: {} })", 'nothing to update'],
    ["ddb.update({ key: { id: '1' }, update: { a: [ddb.operations.remove()] } })", 'updateListItem'],
    ["ddb.update({ key: { id: '1' }, update: { a: [ddb.operations.updateListItem(1, -1)] } })", 'index'],
    ["ddb.remove({ key: { id: '1' }, condition: { a: 'b' } })", 'condition'],
    ['ddb.query({ query: {} })', 'partition key'],
    ["ddb.query({ query: { id: { contains: 'a' } } })", 'contains'],
    ['ddb.scan({ filter: { a: { bogus: 1 } } })', 'filter'],
    ["ddb.transactWrite({ items: [{ touch: { table: 'a', key: { id: '1' } } }] })", 'touch'],
    ['ddb.batchGet({ tables: { a: {} } })', 'keys'],
  ])('refuses %s', (expression, reason) => {
    expect(() => evaluateCall(expression)).toThrow(reason);
  });
});
