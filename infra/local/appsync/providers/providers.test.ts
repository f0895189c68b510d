import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../errors.ts';
import { deploy, runtime } from '../testing/deploy.ts';
import { openShop, passPayload, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.running.stop());

describe('providers', () => {
  it('refuse what they do not support, by name', async () => {
    const api = { Name: 'x', AuthenticationType: 'API_KEY' };
    await expect(
      deploy(shop.appsync, 'AWS::AppSync::GraphQLApi', { ...api, AuthenticationType: 'OPENID_CONNECT' }),
    ).rejects.toThrow('OPENID_CONNECT');
    await expect(
      deploy(shop.appsync, 'AWS::AppSync::GraphQLApi', {
        ...api,
        LogConfig: { CloudWatchLogsRoleArn: 'a', FieldLogLevel: 'ALL', Colour: 1 },
      }),
    ).rejects.toThrow('GraphQLApi.LogConfig.Colour');
    await expect(
      deploy(shop.appsync, 'AWS::AppSync::DataSource', { ApiId: shop.apiId, Name: 'x', Type: 'HTTP' }),
    ).rejects.toThrow('HTTP');
    const resolver = {
      ApiId: shop.apiId,
      TypeName: 'Query',
      FieldName: 'secret',
      Kind: 'UNIT',
      DataSourceName: 'none',
    };
    await expect(
      deploy(shop.appsync, 'AWS::AppSync::Resolver', { ...resolver, RequestMappingTemplate: '{}' }),
    ).rejects.toThrow('VTL');
    await expect(
      deploy(shop.appsync, 'AWS::AppSync::Resolver', {
        ...resolver,
        Runtime: runtime,
        Code: 'export function request(ctx) { throw 1 }',
      }),
    ).rejects.toThrow(AwsError);
    await expect(
      deploy(shop.appsync, 'AWS::AppSync::Resolver', {
        ...resolver,
        Runtime: runtime,
        Code: `// ${'x'.repeat(33_000)}`,
      }),
    ).rejects.toThrow('32768');
    await expect(
      deploy(shop.appsync, 'AWS::AppSync::Resolver', {
        ...resolver,
        FieldName: 'nope',
        Runtime: runtime,
        Code: passPayload,
      }),
    ).rejects.toThrow('No field named nope');
    await expect(
      deploy(shop.appsync, 'AWS::AppSync::Resolver', {
        ...resolver,
        Kind: 'PIPELINE',
        DataSourceName: '',
        PipelineConfig: { Functions: Array(11).fill('f') },
        Runtime: runtime,
        Code: `${passPayload} export function response(ctx) { return null }`,
      }),
    ).rejects.toThrow('at most 10');
  });
});
