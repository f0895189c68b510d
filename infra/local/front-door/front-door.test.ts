import https from 'node:https';
import net from 'node:net';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMail } from '../mail/index.ts';
import { createParameters } from '../parameters/index.ts';
import { type RunningServices, startServices } from '../testing/start-services.ts';
import { decodeForm } from './protocols/query.ts';
import { escapeXml, xmlElement } from './protocols/xml.ts';

let cloud: RunningServices;
const clock = { now: () => Date.now() };
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

beforeAll(async () => {
  cloud = await startServices((environment, state) => [
    createParameters({ state, environment, clock }),
    createMail({ state, environment, clock }),
  ]);
});
afterAll(() => cloud.stop());

describe('one port', () => {
  test('serves the SDK over plain HTTP', async () => {
    const ssm = new SSMClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials });
    await ssm.send(new PutParameterCommand({ Name: '/a/b', Value: 'c', Type: 'String' }));
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/a/b' }));
    expect(Parameter).toMatchObject({ Name: '/a/b', Value: 'c', Version: 1 });
    await expect(ssm.send(new GetParameterCommand({ Name: '/none' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
      $response: { headers: { 'content-length': expect.stringMatching(/^[1-9]/) as string } },
    });
  });

  test('serves TLS that chains to the local authority, for localhost and for the hosts of AWS', async () => {
    for (const servername of ['localhost', 'cognito-idp.us-east-1.amazonaws.com']) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const options = {
          port: cloud.port,
          host: '127.0.0.1',
          path: '/inbox',
          ca: cloud.environment.certificateAuthority,
          servername,
        };
        https
          .get({ ...options, headers: { host: servername } }, (response) => resolve(response.resume().statusCode))
          .on('error', reject);
      });
      expect(status).toBe(200);
    }
  });

  test('listens on the loopback interface only', () => {
    return expect(
      new Promise((resolve, reject) => {
        const socket = net.connect(cloud.port, '127.0.0.2', () => resolve('reached'));
        socket.on('error', reject);
      }),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('what is refused', () => {
  test.each([
    ['no signature', { method: 'POST', headers: { 'x-amz-target': 'AmazonSSM.GetParameter' } }, 403],
    [
      'a service that is not here',
      { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/states/aws4_request' } },
      404,
    ],
    ['a signed cross-origin preflight', { method: 'OPTIONS' }, 204],
  ])('%s', async (_, init, status) => {
    const response = await fetch(`${cloud.endpoint}/`, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-headers') ?? '').not.toContain('authorization');
  });

  test('a Host header that is not local, as in DNS rebinding', async () => {
    const answer = await rawRequest('GET /inbox HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 403/);
  });

  test('bytes that are neither HTTP nor TLS, without harm', async () => {
    expect(await rawRequest('\x16\x03\x01\x00\x05hello')).not.toContain('HTTP');
    expect(await rawRequest('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
    expect((await fetch(`${cloud.endpoint}/inbox`)).status).toBe(200);
    expect(cloud.faults).toEqual([]);
  });

  test('a body over the limit', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n';
    expect(await rawRequest(head)).toMatch(/^HTTP\/1\.1 413/);
  });
});

describe('mail', () => {
  test('is listed newest first by address, as JSON and as a page that shows text and never runs it', async () => {
    const ses = new SESv2Client({ endpoint: cloud.endpoint, region: 'us-east-1', credentials });
    for (const subject of ['one', '<script>alert(2)</script>']) {
      const Content = { Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'Hello' } } } };
      await ses.send(
        new SendEmailCommand({
          FromEmailAddress: 'a@example.com',
          Destination: { ToAddresses: ['B@example.com'] },
          Content,
        }),
      );
    }
    const mails = (await (await fetch(`${cloud.endpoint}/inbox?to=b@example.com`)).json()) as { subject: string }[];
    expect(mails.map(({ subject }) => subject)).toEqual(['<script>alert(2)</script>', 'one']);
    const page = await (await fetch(`${cloud.endpoint}/inbox`, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('Hello');
    expect(page).not.toContain('<script>');
  });
});

describe('AWS Query', () => {
  test('forms decode into nested values and lists in order', () => {
    const form = new URLSearchParams(
      'Action=X&Version=1&A=1&B.member.2=y&B.member.1=x&C.member.1.K=k&C.member.1.V=v&__proto__.z=1',
    );
    expect(decodeForm(form)).toEqual(
      JSON.parse('{"A":"1","B":["x","y"],"C":[{"K":"k","V":"v"}],"__proto__":{"z":"1"}}'),
    );
  });

  test('answers encode lists as members and escape text', () => {
    expect(xmlElement('R', { A: ['<', 2], B: undefined, C: new Date(0) })).toBe(
      '<R><A><member>&lt;</member><member>2</member></A><C>1970-01-01T00:00:00.000Z</C></R>',
    );
    expect(escapeXml('a\u0000b')).toBe('ab');
  });
});

function rawRequest(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(cloud.port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.setTimeout(3000, () => socket.end());
  });
}
