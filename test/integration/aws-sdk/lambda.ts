import { readFile } from 'node:fs/promises';
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import { nameWith } from '../../support/sdk.ts';
import type { Scene } from '../scene.ts';

/** The product's functions, by Lambda's own API. */
export function lambdaCalls(scene: () => Scene): void {
  const lambda = () => new LambdaClient(scene().settings);
  let names: readonly string[];
  beforeAll(async () => {
    names = ((await lambda().send(new ListFunctionsCommand({}))).Functions ?? []).map(
      ({ FunctionName: name = '' }) => name,
    );
  });

  describe('the functions', () => {
    test('are listed, with what each needs and nothing more', async () => {
      expect(names.length).toBeGreaterThan(12);
      const { Configuration: configuration, Code: code } = await lambda().send(
        new GetFunctionCommand({ FunctionName: nameWith('pooled-PreToken', names) }),
      );
      expect(configuration).toMatchObject({ State: 'Active', Handler: 'index.handler', Timeout: 5, MemorySize: 256 });
      expect(Object.keys(configuration?.Environment?.Variables ?? {}).sort()).toEqual([
        'LOG_LEVEL',
        'POWERTOOLS_METRICS_NAMESPACE',
        'POWERTOOLS_SERVICE_NAME',
        'STACK',
        'TENANTS_TABLE',
        'TENANT_USERS_TABLE',
      ]);
      const zip = await readFile(new URL(code?.Location ?? ''));
      expect(zip.subarray(0, 2).toString()).toBe('PK');
    });

    test('are driven by the streams of the tables', async () => {
      const { EventSourceMappings: mappings = [] } = await lambda().send(new ListEventSourceMappingsCommand({}));
      const driven = mappings.map(
        ({ EventSourceArn: source = '', FunctionArn: target = '', State: state }) =>
          `${
            /Registrations|TenantUsers|Tenants|Products|Orders|ProvisioningRuns|Rollouts|Transitions/.exec(source)?.[0]
          } → ${/Lifecycle|Changes|RolloutsDriver|Transitions|EventsPublisher/.exec(target)?.[0]} ${state}`,
      );
      expect(driven.sort()).toEqual([
        'Orders → Changes Enabled',
        'Products → Changes Enabled',
        'ProvisioningRuns → Changes Enabled',
        'ProvisioningRuns → Lifecycle Enabled',
        'Registrations → Changes Enabled',
        'Registrations → Lifecycle Enabled',
        'Rollouts → Changes Enabled',
        'Rollouts → RolloutsDriver Enabled',
        'TenantUsers → Changes Enabled',
        'TenantUsers → EventsPublisher Enabled',
        'Tenants → Changes Enabled',
        'Tenants → EventsPublisher Enabled',
        'Transitions → Transitions Enabled',
      ]);
    });

    test('can be invoked, and show the end of their log', async () => {
      const answer = await lambda().send(
        new InvokeCommand({
          FunctionName: nameWith('control-plane-OperatorAuthorizer', names),
          LogType: 'Tail',
          Payload: JSON.stringify({ authorizationToken: 'no token', requestContext: {} }),
        }),
      );
      expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
      expect(answer.FunctionError).toBeUndefined();
      expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({ isAuthorized: false });
      const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
      expect(log).toMatch(/platform\.report|REPORT RequestId/);
      expect(log).toContain(answer.$metadata.requestId);
    });

    test('that are not there are not found, by AWS’s words', async () => {
      await expect(lambda().send(new InvokeCommand({ FunctionName: 'nothing' }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nothing',
      });
    });
  });
}
