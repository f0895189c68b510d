import type { Stack } from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import type { StackMappingItem } from '../layer/registry.ts';
import { stackDiffers } from './stack-differs.ts';

const facts = {
  apiId: 'api',
  graphqlUrl: 'https://api',
  realtimeUrl: 'wss://api',
  userPoolId: 'pool',
  userPoolClientId: 'client',
};
const row = { tenantId: 'T1', release: 'r1', ...facts } as StackMappingItem;

const stackWith = (
  release: string,
  { apiId, graphqlUrl, realtimeUrl, userPoolId, userPoolClientId } = facts,
): Stack => ({
  ...{ StackName: 'cotenant-tenant-T1', StackStatus: 'UPDATE_COMPLETE', CreationTime: undefined },
  Parameters: [
    { ParameterKey: 'TenantId', ParameterValue: 'T1' },
    { ParameterKey: 'Release', ParameterValue: release },
  ],
  Outputs: [
    { OutputKey: 'ApiId', OutputValue: apiId },
    { OutputKey: 'GraphqlUrl', OutputValue: graphqlUrl },
    { OutputKey: 'RealtimeUrl', OutputValue: realtimeUrl },
    { OutputKey: 'UserPoolId', OutputValue: userPoolId },
    { OutputKey: 'UserPoolClientId', OutputValue: userPoolClientId },
    { OutputKey: 'OrdersTable', OutputValue: 'orders' },
  ],
});

test('a stack that is as its row says', () => {
  expect(stackDiffers(row, stackWith('r1'))).toBeUndefined();
});

test('another release, and other people’s pool: each is said with both values', () => {
  expect(stackDiffers(row, stackWith('r0', { ...facts, userPoolId: 'another' }))).toMatchObject({
    kind: 'STACK_DIFFERS',
    subject: 'T1-release-userPoolId',
    tenantId: 'T1',
    message: expect.stringContaining('release r1, not r0; userPoolId pool, not another') as string,
    isMended: false,
  });
});

test.each(Object.keys(facts))('another %s', (name) => {
  expect(stackDiffers(row, stackWith('r1', { ...facts, [name]: 'another' }))).toMatchObject({ subject: `T1-${name}` });
});

test('a stack without the outputs and the parameter', () => {
  const { Parameters: _, Outputs: __, ...bare } = stackWith('r1');
  expect(stackDiffers(row, bare)?.message).toContain('release r1, not none; apiId api, not none');
});
