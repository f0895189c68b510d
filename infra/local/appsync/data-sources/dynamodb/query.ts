import { requireObject } from '../request-object.ts';
import { toWireExpressions } from './expressions.ts';
import type { TableOperation } from './operation.ts';
import { pageMembers, pageResult } from './pages.ts';

const members = [
  'version',
  'operation',
  'query',
  'index',
  'nextToken',
  'limit',
  'scanIndexForward',
  'consistentRead',
  'select',
  'filter',
  'projection',
];

export const query: TableOperation = async (access, request) => {
  const given = requireObject(request, '', members);
  const answer = await access.call('Query', {
    ...pageMembers(access, given),
    ScanIndexForward: given['scanIndexForward'] !== false,
    ...toWireExpressions([
      { member: 'KeyConditionExpression', given: requireObject(given['query'], 'query'), path: 'query' },
      { member: 'FilterExpression', given: given['filter'], path: 'filter' },
      { member: 'ProjectionExpression', given: given['projection'], path: 'projection' },
    ]),
  });
  return { result: pageResult(access, answer) };
};
