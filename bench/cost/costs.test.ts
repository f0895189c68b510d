import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { consumption, unitPrices } from '../../functions/layer/usage/prices.ts';
import { generatedPart, tableCells } from '../generated-part.ts';
import { assumptions, authorizerShare } from './assumptions.ts';
import { type EngineRequest, isMetered, unitsOf } from './capacity.ts';
import { costOfOperation, costOfRest } from './cost-of.ts';
import { costTable } from './cost-table.ts';
import { type Meter, readMeters } from './meters.ts';
import { agreed, difference, type Reading } from './reading.ts';

const meters = readMeters();

describe('docs/scale.md', () => {
  it('has the table that the recorded meters and the prices make', () => {
    const page = readFileSync('docs/scale.md', 'utf8');
    expect(tableCells(generatedPart(page, 'costs')), 'run: npm run costs -- --recorded').toEqual(
      tableCells(costTable(meters)),
    );
  });
});

describe('what metering takes an operation for', () => {
  const share = authorizerShare(assumptions.authorizerSeconds);
  it.each([
    ['reads', 'product'],
    ['writes', 'createOrder'],
    ['subscriptions', 'onProductChanged'],
  ] as const)('%s: what was metered for %s', (kind, name) => {
    const { gate, data, published } = meters.operations[name] as Meter;
    const taken = consumption[kind];
    expect(taken.dynamodbWriteUnit).toBe(gate.writes + data.writes);
    expect(taken.dynamodbReadUnit).toBeCloseTo(data.reads + share * meters.authorizer.data.reads, 6);
    expect(taken.wafRequest).toBe(1 + published);
    expect(taken.appsyncOperation).toBe((kind === 'subscriptions' ? 0 : 1) + published);
    expect(taken.lambdaRequest).toBeCloseTo(share + published, 6);
  });
});

describe('costs', () => {
  it('of a read: an operation, the firewall, the gate, one item, a tenth of the authorizer', () => {
    const authorizer = 0.2 + 0.25 * 0.02 * 16.6667 + 2 * 0.125;
    expect(costOfOperation(meters, 'product').total).toBeCloseTo(4 + 0.6 + 0.625 + 0.125 + 0.1 * authorizer, 6);
  });

  it('of a change: what its publication takes is apart', () => {
    const { live } = costOfOperation(meters, 'updateProduct');
    expect(live).toBeCloseTo(unitPrices.appsyncOperation + 2 + 0.6 + 0.2 + 0.25 * 0.05 * 16.6667, 6);
  });

  it('of REST: as many calls, each with a function and a fifth of an authorizer', () => {
    const meter = meters.operations['product'] as Meter;
    const invocation = 0.2 + 0.125 * 0.05 * 16.6667;
    expect(costOfRest(meter, 1).total).toBeCloseTo(3.5 + 1.2 * invocation + 0.125 + 0.1 * 0.125, 6);
    expect(costOfRest(meter, 5).api).toBe(17.5);
  });

  it('refuses a function of which nobody has said how long it takes', () => {
    const strange = { ...(meters.operations['me'] as Meter), functions: { strange: { count: 1, milliseconds: 1 } } };
    expect(() => costOfOperation({ ...meters, operations: { me: strange } }, 'me')).toThrow('How long strange takes');
    expect(() => costOfOperation(meters, 'missing')).toThrow('missing was not metered');
  });
});

describe('units of a call', () => {
  it('are what DynamoDB says', () => {
    const consumed = { ConsumedCapacity: { TableName: 'a', CapacityUnits: 2.5 } };
    expect(unitsOf('Query', { TableName: 'a' }, consumed)).toEqual(new Map([['a', { reads: 2.5, writes: 0 }]]));
    const several = {
      ConsumedCapacity: [
        { TableName: 'a', CapacityUnits: 2 },
        { TableName: 'b', CapacityUnits: 4 },
      ],
    };
    expect(unitsOf('TransactWriteItems', {}, several)).toEqual(
      new Map([
        ['a', { reads: 0, writes: 2 }],
        ['b', { reads: 0, writes: 4 }],
      ]),
    );
  });

  it('count a write that its condition refused, and a cancelled transaction', () => {
    const refused = { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' };
    expect(unitsOf('UpdateItem', { TableName: 'a' }, refused).get('a')).toEqual({ reads: 0, writes: 1 });
    // AppSync reads what is stored; here the failure brings it along, and where nothing is stored the local cloud reads too.
    const asking = { TableName: 'a', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect(unitsOf('UpdateItem', asking, { ...refused, Item: {} }).get('a')).toEqual({ reads: 1, writes: 1 });
    expect(unitsOf('UpdateItem', asking, refused).get('a')).toEqual({ reads: 0, writes: 1 });
    const cancelled = { __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException' };
    const request: EngineRequest = { TransactItems: [{ Put: { TableName: 'a' } }, { Update: { TableName: 'a' } }] };
    expect(unitsOf('TransactWriteItems', request, cancelled).get('a')).toEqual({ reads: 0, writes: 4 });
  });

  it('are of calls on items alone', () => {
    expect(['GetItem', 'TransactWriteItems', 'Scan', 'GetRecords', 'DescribeTable'].filter(isMetered)).toEqual([
      'GetItem',
      'TransactWriteItems',
    ]);
  });
});

describe('readings', () => {
  const reading = (writes: number, count: number): Reading => ({
    units: new Map([
      ['cotenant-control-plane-Gates1A', { reads: 0, writes }],
      ['cotenant-pooled-Products2B', { reads: writes, writes: 0 }],
      ['local-cloud-state', { reads: 0, writes: 77 * writes }],
    ]),
    invocations: new Map([['users', { count, milliseconds: 10 * count }]]),
    published: count,
  });

  it('differ by what happened between them, the gate apart, the local cloud left out', () => {
    expect(difference(reading(1, 1), reading(3, 2))).toEqual({
      gate: { reads: 0, writes: 2 },
      data: { reads: 2, writes: 0 },
      published: 1,
      functions: { users: { count: 1, milliseconds: 10 } },
    });
  });

  it('agree on the commonest counts and the shortest times', () => {
    const sample = (writes: number, milliseconds: number): Meter => ({
      ...difference(reading(0, 0), reading(writes, 1)),
      functions: { users: { count: 1, milliseconds } },
    });
    expect(agreed([sample(9, 1), sample(1, 80), sample(1, 20)])).toEqual(sample(1, 20));
    expect(() => agreed([])).toThrow('no measurement');
  });
});
