import { Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { expect, test } from 'vitest';
import { type TableAction, tableStatements } from './data-sources.ts';

const stack = new Stack();
const table = new Table(stack, 'Table', { partitionKey: { name: 'key', type: AttributeType.STRING } });

test('actions are for the table alone, and of an index for queries alone', () => {
  const statements = tableStatements({ table, actions: ['GetItem', 'UpdateItem'], indexes: ['slug'] });
  const said = statements.map((statement) => stack.resolve(statement.toStatementJson()) as unknown);
  const arn = { 'Fn::GetAtt': ['TableCD117FA1', 'Arn'] };
  expect(said).toEqual([
    { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], Resource: arn },
    { Effect: 'Allow', Action: 'dynamodb:Query', Resource: { 'Fn::Join': ['', [arn, '/index/slug']] } },
  ]);
});

/** What must not compile: tsc fails where one of these is no mistake any more. */
export const refused: readonly TableAction[] = [
  // @ts-expect-error a scan reads all tenants
  'Scan',
  // @ts-expect-error all actions are a scan too
  '*',
  // @ts-expect-error a table is not managed by what works on its items
  'DeleteTable',
];
