import { requireObject } from '../request-object.ts';
import { toWireExpressions } from './expressions.ts';
import type { TableOperation } from './operation.ts';
import { pageMembers, pageResult } from './pages.ts';

const members = [
  'version',
  'operation',
  'index',
  'nextToken',
  'limit',
  'consistentRead',
  'select',
  'totalSegments',
  'segment',
  'filter',
  'projection',
];

export const scan: TableOperation = async (access, request) => {
  const given = requireObject(request, '', members);
  const { totalSegments = null, segment = null } = given;
  const answer = await access.call('Scan', {
    ...pageMembers(access, given),
    ...(totalSegments !== null && { TotalSegments: totalSegments }),
    ...(segment !== null && { Segment: segment }),
    ...toWireExpressions([
      { member: 'FilterExpression', given: given['filter'], path: 'filter' },
      { member: 'ProjectionExpression', given: given['projection'], path: 'projection' },
    ]),
  });
  return { result: pageResult(access, answer) };
};
