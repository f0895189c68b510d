import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CloudFormationCustomResourceEvent, customResource } from './custom-resource.ts';

let server: Server;
let puts: {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Record<string, unknown>;
}[];
let status: number;
let event: CloudFormationCustomResourceEvent;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { method, headers } = request;
      puts.push({ method, contentType: headers['content-type'], body: JSON.parse(text) as Record<string, unknown> });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  puts = [];
  status = 200;
  event = {
    RequestType: 'Create',
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?signature=x`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Rows',
  } as CloudFormationCustomResourceEvent;
});

const names = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Rows' };

test('PUTs success with the data, without a content type', async () => {
  await customResource(async () => ({ physicalResourceId: 'rows', data: { Count: '4' } }))(event);
  const body = { Status: 'SUCCESS', PhysicalResourceId: 'rows', Data: { Count: '4' }, ...names };
  expect(puts).toMatchObject([{ method: 'PUT', body }]);
  expect(puts[0]?.contentType ?? '').toBe('');
});

test('PUTs the cause of a failure, and does not fail itself', async () => {
  const fails = customResource(async () => {
    throw new TypeError('no table');
  });
  await fails(event);
  expect(puts[0]?.body).toMatchObject({
    Status: 'FAILED',
    Reason: 'TypeError: no table',
    PhysicalResourceId: 'Rows-failed',
  });
  await fails({ ...event, RequestType: 'Delete', PhysicalResourceId: 'rows' } as CloudFormationCustomResourceEvent);
  expect(puts[1]?.body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'rows' });
});

test('fails when the answer does not arrive, for Lambda to try again', async () => {
  status = 500;
  await expect(customResource(async () => ({ physicalResourceId: 'rows' }))(event)).rejects.toThrow('answered 500');
});
