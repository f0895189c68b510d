import {
  AppSyncClient,
  EvaluateCodeCommand,
  GetGraphqlApiCommand,
  GetIntrospectionSchemaCommand,
  ListDataSourcesCommand,
  ListGraphqlApisCommand,
  ListResolversCommand,
} from '@aws-sdk/client-appsync';
import { describe, expect, test } from 'vitest';
import recordedAnswers from '../../../infra/local/appsync/runtime/recorded-answers.json';
import type { Scene } from '../scene.ts';

interface RecordedCase {
  readonly call: string;
  readonly context: object;
  readonly expected?: unknown;
  readonly expectedJson?: unknown;
}

/** The APIs as AppSync describes them, and its own way of trying a resolver. */
export function appsyncCalls(scene: () => Scene): void {
  const appsync = () => new AppSyncClient(scene().settings);

  test('the two APIs are there, with their modes, resolvers and data sources', async () => {
    const { controlPlane, pooled } = scene().outputs;
    const { graphqlApis = [] } = await appsync().send(new ListGraphqlApisCommand({}));
    expect(graphqlApis.map(({ apiId }) => apiId).sort()).toEqual([controlPlane.apiId, pooled.apiId].sort());
    const { graphqlApi } = await appsync().send(new GetGraphqlApiCommand({ apiId: controlPlane.apiId }));
    expect(graphqlApi).toMatchObject({
      name: 'cotenant-control-plane',
      authenticationType: 'AWS_LAMBDA',
      uris: { GRAPHQL: controlPlane.graphqlUrl, REALTIME: controlPlane.realtimeUrl },
    });
    const modes = graphqlApi?.additionalAuthenticationProviders?.map(({ authenticationType }) => authenticationType);
    expect(modes?.sort()).toEqual(['API_KEY', 'AWS_IAM']);

    const ofPool = { apiId: pooled.apiId };
    const { resolvers = [] } = await appsync().send(new ListResolversCommand({ ...ofPool, typeName: 'Mutation' }));
    expect(resolvers.map(({ fieldName }) => fieldName)).toContain('createOrder');
    expect(new Set(resolvers.map(({ kind }) => kind))).toEqual(new Set(['PIPELINE']));
    const { dataSources = [] } = await appsync().send(new ListDataSourcesCommand(ofPool));
    expect(dataSources.map(({ name }) => name)).toContain('Sales');
    const { schema } = await appsync().send(new GetIntrospectionSchemaCommand({ ...ofPool, format: 'SDL' }));
    expect(new TextDecoder().decode(schema)).toContain('type Order');
  });

  describe('EvaluateCode answers as AWS did', () => {
    test.each(recordedAnswers.cases as readonly RecordedCase[])('$call $context', async (recorded) => {
      const code = `import { util } from '@aws-appsync/utils';
        import * as ddb from '@aws-appsync/utils/dynamodb';
        export function request(ctx) { return ${recorded.call}; }
        export function response(ctx) { return null; }`;
      const { evaluationResult, error } = await appsync().send(
        new EvaluateCodeCommand({
          runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
          code,
          context: JSON.stringify(recorded.context),
          function: 'request',
        }),
      );
      expect(error).toBeUndefined();
      const result: unknown = JSON.parse(evaluationResult ?? 'undefined');
      if (recorded.expectedJson === undefined) expect(result).toEqual(recorded.expected);
      else expect(JSON.parse(String(result))).toEqual(recorded.expectedJson);
    });

    test('and refuses what APPSYNC_JS does not allow', async () => {
      const { error, evaluationResult } = await appsync().send(
        new EvaluateCodeCommand({
          runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
          code: 'export function request() { try { return 1; } catch (e) { return 2; } } export function response() {}',
          context: '{}',
          function: 'request',
        }),
      );
      expect(evaluationResult).toBeUndefined();
      expect(error).toMatchObject({
        message: expect.any(String) as string,
        codeErrors: expect.any(Array) as unknown[],
      });
    });
  });
}
