import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicHeaders } from '../support/given.ts';
import { graphql } from '../support/graphql.ts';
import { sdkSettings } from '../support/sdk.ts';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';

const StackName = 'cotenant-control-plane';
const limit = 20;

let cotenant: Cotenant;
beforeAll(async () => {
  cotenant = await startCotenant();
  await setRate(limit);
}, 120_000);
afterAll(() => cotenant.stop());

async function setRate(requests: number): Promise<void> {
  const client = new CloudFormationClient(sdkSettings(cotenant.outputs));
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const Parameters = (stack?.Parameters ?? []).map(({ ParameterKey }) =>
    ParameterKey === 'RequestsOfAnAddress'
      ? { ParameterKey, ParameterValue: String(requests) }
      : { ParameterKey, UsePreviousValue: true },
  );
  expect(Parameters).toContainEqual({ ParameterKey: 'RequestsOfAnAddress', ParameterValue: String(requests) });
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  await client.send(new UpdateStackCommand({ StackName, UsePreviousTemplate: true, Parameters, Capabilities }));
  await waitUntilStackUpdateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
}

/** The statuses of more requests than the rate admits. */
async function statuses(url: string, headers: Readonly<Record<string, string>>): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < limit + 5; index += 1) found.push((await graphql(url, headers, '{ __typename }')).status);
  return found;
}

test('a flood of one address ends at the firewall, which counts for all APIs together', async () => {
  const { controlPlane, pooled } = cotenant.outputs;
  const anybody = { authorization: 'nobody' };
  expect((await graphql(pooled.graphqlUrl, anybody, '{ __typename }')).status).toBe(401);
  const found = await statuses(controlPlane.graphqlUrl, publicHeaders(cotenant.outputs));
  expect(found[0]).toBe(200);
  // The system's own calls come from the same address here, so some of the rate may be used.
  expect(found.slice(limit)).toEqual([403, 403, 403, 403, 403]);
  expect((await graphql(pooled.graphqlUrl, anybody, '{ __typename }')).status).toBe(403);
});

test('what it answers is what AppSync does', async () => {
  const { controlPlane } = cotenant.outputs;
  expect(await graphql(controlPlane.graphqlUrl, publicHeaders(cotenant.outputs), '{ __typename }')).toEqual({
    status: 403,
    data: null,
    errors: [{ errorType: 'WAFForbiddenException', message: '403 Forbidden' }],
  });
});
