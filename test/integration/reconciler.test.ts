import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  InvokeCommand,
  LambdaClient,
  paginateListEventSourceMappings,
  paginateListFunctions,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { anOperator, aRegistration, register, untilOnboarded } from '../support/given.ts';
import { runsOf, settledRun, siloPatience } from '../support/provisioning.ts';
import { nameWith } from '../support/sdk.ts';
import { scan } from '../support/tables.ts';
import { stackOutputs } from './provisioning/request-run.ts';
import { cotenantScene } from './scene.ts';

const anHourAgo = new Date(Date.now() - 60 * 60_000).toISOString();

cotenantScene((scene) => {
  const lambda = () => new LambdaClient(scene().settings);

  async function functionNamed(part: string): Promise<string> {
    const names: (string | undefined)[] = [];
    for await (const { Functions = [] } of paginateListFunctions({ client: lambda() }, {}))
      names.push(...Functions.map(({ FunctionName }) => FunctionName));
    return nameWith(part, names);
  }

  /** Whether lifecycle hears of runs. */
  async function hearOfRuns(Enabled: boolean): Promise<void> {
    for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client: lambda() }, {}))
      for (const { UUID, EventSourceArn = '', FunctionArn = '' } of EventSourceMappings)
        if (EventSourceArn.includes('ProvisioningRuns') && FunctionArn.includes('Lifecycle'))
          await lambda().send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  }

  /** As if nothing had happened to an item for an hour. */
  async function age(table: string, Key: Record<string, string>): Promise<void> {
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient(scene().settings));
    await documents.send(
      new UpdateCommand({
        TableName: table,
        Key,
        UpdateExpression: 'SET updatedAt = :then',
        ConditionExpression: 'attribute_exists(updatedAt)',
        ExpressionAttributeValues: { ':then': anHourAgo },
      }),
    );
  }

  async function found(tenantId: string): Promise<{ kind: string; isMended: boolean }[]> {
    const FunctionName = await functionNamed('ReconcilerDriver');
    const { Payload, FunctionError } = await lambda().send(new InvokeCommand({ FunctionName, Payload: '{}' }));
    expect(FunctionError).toBeUndefined();
    const { findings } = JSON.parse(Payload?.transformToString() ?? '') as {
      findings: { kind: string; tenantId: string; isMended: boolean }[];
    };
    return findings
      .filter((finding) => finding.tenantId === tenantId)
      .map(({ kind, isMended }) => ({ kind, isMended }));
  }

  test(
    'an onboarding whose runs nobody heard of is found, twice, and ends ACTIVE',
    async () => {
      const { outputs } = scene();
      const operator = await anOperator(outputs);
      const { ProvisioningRunsTable = '', TenantsTable = '' } = await stackOutputs(outputs, 'cotenant-control-plane');
      await hearOfRuns(false);
      const { registration } = await register(outputs, aRegistration({ tier: 'PLATINUM' }));
      const { id: registrationId = '', tenantId = '' } = registration ?? {};
      const end = Date.now() + 30_000;
      let runs = await runsOf(outputs, operator, tenantId);
      while (runs.length === 0 && Date.now() < end) {
        await sleep(100);
        runs = await runsOf(outputs, operator, tenantId);
      }
      const runId = runs[0]?.id ?? '';
      expect(await found(tenantId)).toEqual([]);
      expect(runs).toMatchObject([{ status: 'REQUESTED', executionId: null }]);

      await age(ProvisioningRunsTable, { runId });
      expect(await found(tenantId)).toEqual([{ kind: 'RUN_NOT_STARTED', isMended: true }]);
      expect(await settledRun(outputs, operator, tenantId)).toMatchObject({
        id: runId,
        status: 'SUCCEEDED',
        attempt: 1,
      });

      const registrations = await registrationsTable();
      await age(ProvisioningRunsTable, { runId });
      await age(TenantsTable, { tenantId });
      await age(registrations, { registrationId });
      expect(await found(tenantId)).toEqual([{ kind: 'ONBOARDING_STOOD_STILL', isMended: true }]);
      expect(await untilOnboarded(outputs, registrationId, siloPatience)).toMatchObject({ status: 'ACTIVE' });

      await hearOfRuns(true);
      const entries = (await scan(outputs, 'control-plane-AuditLog')).filter(
        (entry) => entry['tenantId'] === tenantId && entry['action'] === 'reconcile',
      );
      expect(entries).toHaveLength(2);
      expect(await found(tenantId)).toEqual([]);
    },
    3 * siloPatience,
  );

  /** The function says which table it works with. */
  async function registrationsTable(): Promise<string> {
    const FunctionName = await functionNamed('ReconcilerDriver');
    for await (const { Functions = [] } of paginateListFunctions({ client: lambda() }, {})) {
      const made = Functions.find((one) => one.FunctionName === FunctionName);
      if (made) return made.Environment?.Variables?.['REGISTRATIONS_TABLE'] ?? '';
    }
    throw new Error(`${FunctionName} is not listed`);
  }
});
