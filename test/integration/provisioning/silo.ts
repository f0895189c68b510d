import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CodePipelineClient, GetPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import { describe, expect, test } from 'vitest';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { aCompany, anOperator, chosenPassword } from '../../support/given.ts';
import { graphql, graphqlData } from '../../support/graphql.ts';
import { aSilo, runsOf, siloPatience } from '../../support/provisioning.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { until } from '../../support/silo-faults.ts';

const createProduct =
  'mutation C($input: CreateProductInput!) { createProduct(input: $input) { product { id } userErrors { message } } }';
const createOrder =
  'mutation O($input: CreateOrderInput!) { createOrder(input: $input) { order { id total } userErrors { message } } }';

/** Everything in the tables of one stack, as text. */
async function dataOf(outputs: Outputs, stackName: string): Promise<string> {
  const settings = sdkSettings(outputs);
  const { Stacks = [] } = await new CloudFormationClient(settings).send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  const tables = (Stacks[0]?.Outputs ?? []).filter(({ OutputKey }) => OutputKey?.endsWith('Table'));
  expect(tables).toHaveLength(2);
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const found = await Promise.all(
    tables.map(async ({ OutputValue }) => (await documents.send(new ScanCommand({ TableName: OutputValue }))).Items),
  );
  return JSON.stringify(found);
}

/** A company on the platinum tier, from its registration to its first order, and what keeps it and the pool apart. */
export function siloOnboarding(outputs: () => Outputs): void {
  describe('a platinum company', () => {
    test(
      'gets a stack of its own by the pipeline, signs in there and trades there only',
      async () => {
        const operator = await anOperator(outputs());
        const silo = await aSilo(outputs());
        const { pooled, controlPlane } = outputs();
        const { tenantId, routing } = silo;
        expect(routing.graphqlUrl).not.toBe(pooled.graphqlUrl);
        expect(routing.userPoolId).not.toBe(pooled.userPoolId);

        const stackName = `cotenant-tenant-${tenantId}`;
        const { Stacks = [] } = await new CloudFormationClient(sdkSettings(outputs())).send(
          new DescribeStacksCommand({ StackName: stackName }),
        );
        expect(Stacks.map(({ StackStatus }) => StackStatus)).toEqual(['CREATE_COMPLETE']);
        const { tenantStacks } = await graphqlData<{ tenantStacks: { edges: { node: { stackName: string } }[] } }>(
          controlPlane.graphqlUrl,
          operator.headers,
          '{ tenantStacks { edges { node { stackName } } } }',
        );
        expect(tenantStacks.edges.map(({ node }) => node.stackName).sort()).toEqual(['cotenant-pooled', stackName]);
        const runs = await runsOf(outputs(), operator, tenantId);
        expect(runs).toMatchObject([{ action: 'PROVISION', status: 'SUCCEEDED', attempt: 1, failure: null }]);
        expect(runs[0]?.steps.map(({ name, status }) => `${name} ${status}`)).toEqual(
          ['READ_RELEASE', 'DEPLOY_STACK', 'SMOKE_CHECK', 'REGISTER'].map((name) => `${name} SUCCEEDED`),
        );
        // The program settles the run before its build, and so the execution, ends.
        const pipelineExecution = await until('the end of the execution', async () => {
          const { pipelineExecution: execution } = await new CodePipelineClient(sdkSettings(outputs())).send(
            new GetPipelineExecutionCommand({
              pipelineName: 'cotenant-provisioning',
              pipelineExecutionId: runs[0]?.executionId ?? '',
            }),
          );
          return execution?.status === 'InProgress' ? undefined : execution;
        });
        expect(pipelineExecution.status).toBe('Succeeded');
        expect(pipelineExecution.variables).toContainEqual({ name: 'TENANT_ID', resolvedValue: tenantId });

        const { tenant } = await graphqlData<{ tenant: Record<string, unknown> }>(
          controlPlane.graphqlUrl,
          operator.headers,
          'query T($id: ID!) { tenant(id: $id) { status deployment stack userPoolId failure } }',
          { id: tenantId },
        );
        expect(tenant).toEqual({
          status: 'ACTIVE',
          deployment: 'SILO',
          stack: tenantId,
          userPoolId: routing.userPoolId,
          failure: null,
        });

        Amplify.configure({
          Auth: {
            Cognito: {
              userPoolId: routing.userPoolId,
              userPoolClientId: routing.userPoolClientId,
              userPoolEndpoint: routing.userPoolEndpoint ?? '',
            },
          },
        });
        expect(await signIn({ username: silo.admin.email, password: chosenPassword })).toMatchObject({
          isSignedIn: true,
        });
        const { tokens } = await fetchAuthSession();
        await signOut();
        const authorization = tokens?.accessToken.toString() ?? '';
        expect(tokens?.accessToken.payload).toMatchObject({ tenantId, tier: 'PLATINUM' });
        const product = { sku: 'SILO-1', name: 'Only in the silo', price: 700, stock: 3 };
        const made = await graphqlData<{ createProduct: { product: { id: string } } }>(
          routing.graphqlUrl,
          { authorization },
          createProduct,
          { input: product },
        );
        const productId = made.createProduct.product.id;
        expect(
          await graphqlData(routing.graphqlUrl, { authorization }, createOrder, {
            input: { lines: [{ productId, quantity: 2 }] },
          }),
        ).toMatchObject({ createOrder: { order: { total: 1400 }, userErrors: [] } });

        const neighbour = await aCompany(outputs());
        await graphqlData(pooled.graphqlUrl, neighbour.admin.headers, createProduct, {
          input: { sku: 'POOL-1', name: 'Only in the pool', price: 100, stock: 1 },
        });
        expect(await dataOf(outputs(), stackName)).toContain('Only in the silo');
        expect(await dataOf(outputs(), stackName)).not.toContain('Only in the pool');
        expect(await dataOf(outputs(), 'cotenant-pooled')).toContain('Only in the pool');
        expect(await dataOf(outputs(), 'cotenant-pooled')).not.toContain('Only in the silo');

        const other = await aSilo(outputs());
        const attempts: [string, Readonly<Record<string, string>>][] = [
          [routing.graphqlUrl, neighbour.admin.headers],
          [pooled.graphqlUrl, { authorization }],
          [routing.graphqlUrl, other.admin.headers],
          [other.routing.graphqlUrl, { authorization }],
          [routing.graphqlUrl, operator.headers],
          [controlPlane.graphqlUrl, { authorization }],
        ];
        for (const [url, headers] of attempts) {
          const answer = await graphql(url, headers, '{ __typename }');
          expect({ status: answer.status, data: answer.data }).toEqual({ status: 401, data: null });
        }
      },
      3 * siloPatience,
    );
  });
}
