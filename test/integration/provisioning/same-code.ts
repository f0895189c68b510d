import { createHash } from 'node:crypto';
import {
  AppSyncClient,
  type FunctionConfiguration,
  ListFunctionsCommand,
  ListResolversCommand,
  type Resolver,
} from '@aws-sdk/client-appsync';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { aSilo, siloPatience } from '../../support/provisioning.ts';
import { sdkSettings } from '../../support/sdk.ts';

const hash = (text: string | undefined): string =>
  createHash('sha256')
    .update(text ?? '')
    .digest('hex');

/** What an API runs for each field: the hashes of the steps' code, in their order. */
async function codeOfApi(outputs: Outputs, apiId: string): Promise<Record<string, string[]>> {
  const appsync = new AppSyncClient(sdkSettings(outputs));
  const functions = new Map<string | undefined, FunctionConfiguration>();
  for (let token: string | undefined, first = true; first || token; first = false) {
    const page = await appsync.send(new ListFunctionsCommand({ apiId, maxResults: 25, nextToken: token }));
    for (const one of page.functions ?? []) functions.set(one.functionId, one);
    token = page.nextToken;
  }
  const code: Record<string, string[]> = {};
  for (const typeName of ['Query', 'Mutation', 'Subscription']) {
    const { resolvers = [] } = await appsync.send(new ListResolversCommand({ apiId, typeName, maxResults: 25 }));
    for (const { fieldName, pipelineConfig, code: around } of resolvers as Resolver[])
      code[`${typeName}.${fieldName}`] = [
        hash(around),
        ...(pipelineConfig?.functions ?? []).map((id) => hash(functions.get(id)?.code)),
      ];
  }
  return code;
}

/** The hashes of a stack's Lambda functions, by their names in the template. */
async function codeOfFunctions(outputs: Outputs, stackName: string): Promise<Record<string, string>> {
  const lambda = new LambdaClient(sdkSettings(outputs));
  const client = new CloudFormationClient(sdkSettings(outputs));
  const code: Record<string, string> = {};
  for await (const page of paginateListStackResources({ client }, { StackName: stackName })) {
    for (const { ResourceType, LogicalResourceId = '', PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (ResourceType !== 'AWS::Lambda::Function') continue;
      const { CodeSha256 = '' } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: PhysicalResourceId }),
      );
      code[LogicalResourceId] = CodeSha256;
    }
  }
  return code;
}

export function sameCode(outputs: () => Outputs): void {
  test(
    'a silo runs the pool’s code, byte for byte',
    async () => {
      const silo = await aSilo(outputs());
      const ofSilo = await codeOfApi(outputs(), silo.apiId);
      expect(ofSilo).toEqual(await codeOfApi(outputs(), outputs().pooled.apiId));
      expect(Object.keys(ofSilo).length).toBeGreaterThan(20);
      expect(new Set(Object.values(ofSilo).flat()).size).toBeGreaterThan(15);
      const functions = await codeOfFunctions(outputs(), `cotenant-tenant-${silo.tenantId}`);
      expect(functions).toEqual(await codeOfFunctions(outputs(), 'cotenant-pooled'));
      expect(Object.keys(functions).length).toBeGreaterThanOrEqual(5);
    },
    2 * siloPatience,
  );
}
