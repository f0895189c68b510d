import http from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject, LocalService, ResourceProvider, ResourceResult } from '../service.ts';
import { type RunningServices, startServices } from '../testing/start-services.ts';
import { createDistributions } from './index.ts';

const page = '<!doctype html><title>Shop</title>'.padEnd(2000, ' ');
const objects: Record<string, { body: string; type: string }> = {
  'site/shop/index.html': { body: page, type: 'text/html' },
  'site/assets/a.js': { body: 'a()', type: 'text/javascript' },
};
const open = async (bucket: string, key: string) => {
  const found = objects[`${bucket}/${key}`];
  if (!found) return undefined;
  const headers = { 'content-type': found.type, 'cache-control': 'no-cache', 'x-frame-options': 'SAMEORIGIN' };
  return { bytes: Buffer.from(found.body), etag: key, headers };
};

let cloud: RunningServices;
let service: LocalService;
let host: string;

beforeAll(async () => {
  cloud = await startServices((environment, state) => {
    service = createDistributions({ environment, state, objects: { open } });
    return [service];
  });
  const policy = await create('ResponseHeadersPolicy', policyProperties);
  const distribution = await create('Distribution', distributionProperties(policy.physicalId));
  host = String(distribution.attributes['DomainName']);
});
afterAll(() => cloud.stop());

const policyProperties = {
  ResponseHeadersPolicyConfig: {
    Name: 'strict',
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
    },
    CustomHeadersConfig: { Items: [{ Header: 'permissions-policy', Value: 'camera=()', Override: true }] },
  },
};

function distributionProperties(policyId: string, more: JsonObject = {}): JsonObject {
  return {
    DistributionConfig: {
      Enabled: true,
      DefaultRootObject: 'shop/index.html',
      Origins: [{ Id: 'o', DomainName: 'site.s3.us-east-1.amazonaws.com', OriginAccessControlId: 'E1' }],
      DefaultCacheBehavior: {
        TargetOriginId: 'o',
        ViewerProtocolPolicy: 'redirect-to-https',
        Compress: true,
        ResponseHeadersPolicyId: policyId,
      },
      CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/shop/index.html' }],
      ...more,
    },
  };
}

function provider(type: string): ResourceProvider {
  const found = service.providers?.find((candidate) => candidate.type === `AWS::CloudFront::${type}`);
  if (!found) throw new Error(`No provider of ${type}`);
  return found;
}

function create(type: string, properties: JsonObject): Promise<ResourceResult> {
  const scope = { stackName: 's', stackId: 's', logicalId: type, tags: {}, token: `token-${type}` };
  return provider(type).create({ ...scope, properties });
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: cloud.port, path, method, headers: { host, ...headers } };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject).end();
  });
}

describe('a viewer', () => {
  test('gets the root object, with the policy’s headers', async () => {
    const { status, headers, body } = await get('/');
    expect([status, body.toString()]).toEqual([200, page]);
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'none'",
      'strict-transport-security': 'max-age=60; includeSubDomains',
      'permissions-policy': 'camera=()',
    });
  });

  test('gets files, and the page for every path that is none', async () => {
    expect((await get('/assets/a.js')).body.toString()).toBe('a()');
    const deep = await get('/orders/17?tab=lines');
    expect([deep.status, deep.body.toString()]).toEqual([200, page]);
  });

  test('gets it compressed where that is worth it, and not again where it is known', async () => {
    const { headers, body } = await get('/', { 'accept-encoding': 'gzip, br' });
    expect(headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(body).toString()).toBe(page);
    expect((await get('/assets/a.js', { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
    expect((await get('/', { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
  });

  test('changes nothing', async () => {
    expect((await get('/', {}, 'POST')).status).toBe(403);
    expect((await get('/', {}, 'HEAD')).body).toHaveLength(0);
  });

  test('reaches nothing else of the cloud at a distribution’s host, nor a distribution that is not there', async () => {
    expect((await get('/inbox')).body.toString()).toBe(page);
    expect((await get('/', { host: `nobody.cloudfront.localhost:${cloud.port}` })).status).toBe(404);
    expect((await get('/%E0%A4%A')).status).toBe(400);
    expect(cloud.faults).toEqual([]);
  });
});

describe('what is refused', () => {
  test.each([
    ['a property that is not honoured', { Aliases: ['a.example'] }, 'DistributionConfig.Aliases is not supported'],
    [
      'an origin that is no private bucket',
      { Origins: [{ Id: 'o', DomainName: 'example.com' }] },
      'expected an S3 bucket',
    ],
    [
      'a public bucket',
      { Origins: [{ Id: 'o', DomainName: 'site.s3.amazonaws.com' }] },
      'has no OriginAccessControlId',
    ],
  ])('%s', async (_, more, message) => {
    await expect(create('Distribution', distributionProperties('', more))).rejects.toThrow(message);
  });
});
