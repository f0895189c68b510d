import {
  DeleteStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ref, template } from './testing/fake-cloud.ts';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe('custom resources', () => {
  const ServiceToken = 'arn:aws:lambda:us-east-1:000000000000:function:custom';
  const custom = (properties: object) =>
    template(
      { Mine: { Type: 'Custom::Thing', Properties: { ServiceToken, ...properties } } },
      { Outputs: { Answer: { Value: { 'Fn::GetAtt': ['Mine', 'answer'] } }, Id: { Value: ref('Mine') } } },
    );
  const answer = async (event: Record<string, unknown>, body: object): Promise<null> => {
    const { StackId, RequestId, LogicalResourceId } = event;
    await fetch(String(event['ResponseURL']), {
      method: 'PUT',
      body: JSON.stringify({ StackId, RequestId, LogicalResourceId, ...body }),
    });
    return null;
  };

  test('are created, updated, replaced and deleted by their function', async () => {
    api.received.length = 0;
    let id = 'first';
    api.respond = (event) =>
      answer(event, {
        Status: 'SUCCESS',
        PhysicalResourceId: id,
        Data: { answer: `for ${String(event['RequestType'])}` },
      });
    const stackId = await api.create('Custom', custom({ Number: 1, Flag: true }));
    expect((await api.describeStack('Custom'))?.Outputs).toMatchObject([
      { OutputValue: 'for Create' },
      { OutputValue: 'first' },
    ]);
    expect(api.received[0]).toMatchObject({
      RequestType: 'Create',
      StackId: stackId,
      LogicalResourceId: 'Mine',
      ResourceType: 'Custom::Thing',
      ResourceProperties: { ServiceToken, Number: '1', Flag: 'true' },
    });
    id = 'second';
    await api.client.send(new UpdateStackCommand({ StackName: 'Custom', TemplateBody: custom({ Number: 2 }) }));
    await waitUntilStackUpdateComplete(api.waiting(), { StackName: 'Custom' });
    await api.client.send(new DeleteStackCommand({ StackName: 'Custom' }));
    await waitUntilStackDeleteComplete(api.waiting(), { StackName: 'Custom' });
    expect(api.received.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId])).toEqual([
      ['Create', undefined],
      ['Update', 'first'],
      ['Delete', 'first'],
      ['Delete', 'second'],
    ]);
    expect(api.received[1]).toMatchObject({ OldResourceProperties: { Number: '1', Flag: 'true' } });
  });

  test('that answer FAILED are rolled back with a Delete; their reason is told', async () => {
    api.received.length = 0;
    api.respond = (event) =>
      answer(
        event,
        event['RequestType'] === 'Create'
          ? { Status: 'FAILED', Reason: 'no luck', PhysicalResourceId: 'half' }
          : { Status: 'SUCCESS', PhysicalResourceId: 'half' },
      );
    await expect(api.create('CustomFailed', custom({}))).rejects.toThrow();
    await expect.poll(async () => (await api.describeStack('CustomFailed'))?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents } = await api.client.send(new DescribeStackEventsCommand({ StackName: 'CustomFailed' }));
    expect(
      StackEvents?.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason,
    ).toContain('no luck');
    expect(api.received.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId])).toEqual([
      ['Create', undefined],
      ['Delete', 'half'],
    ]);
  });

  test('whose function fails, or never answers, fail at once, or in time', async () => {
    api.respond = () => Promise.reject(new Error('boom'));
    await expect(api.create('CustomBroken', custom({}))).rejects.toThrow();
    const { StackEvents } = await api.client.send(new DescribeStackEventsCommand({ StackName: 'CustomBroken' }));
    expect(
      StackEvents?.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason,
    ).toContain('The function failed: boom');
    api.respond = async () => null;
    await expect(api.create('CustomSilent', custom({ ServiceTimeout: 0.05 }))).rejects.toThrow();
  });

  test('their answers are taken at no other address', async () => {
    const guess = await fetch(`${api.endpoint}/cloudformation-responses/${'0'.repeat(64)}`, {
      method: 'PUT',
      body: '{"Status":"SUCCESS"}',
    });
    expect(guess.status).toBe(403);
  });
});
