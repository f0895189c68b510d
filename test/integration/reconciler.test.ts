import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { TierSettings } from '../../generated/control-plane.ts';
import { createDocuments } from '../../functions/layer/documents.ts';
import { ulids } from '../../functions/layer/ids.ts';
import { newRun } from '../../functions/layer/runs/new-run.ts';
import { transact } from '../../functions/layer/transact.ts';
import { registrationItem, tenantItem } from '../../functions/registration/registration-items.ts';
import { anOperator, aRegistration, untilOnboarded } from '../support/given.ts';
import { runsOf, siloPatience } from '../support/provisioning.ts';
import { stackOutputs } from '../support/stack-outputs.ts';
import { scan } from '../support/tables.ts';
import { cotenantScene } from './scene.ts';

cotenantScene((scene) => {
  /** The reconciler as it is deployed. */
  async function reconciler(): Promise<{ readonly FunctionName: string; readonly tables: Record<string, string> }> {
    const client = new LambdaClient(scene().settings);
    for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
      for (const { FunctionName = '', Environment } of Functions)
        if (FunctionName.includes('ReconcilerDriver')) return { FunctionName, tables: Environment?.Variables ?? {} };
    throw new Error('There is no reconciler');
  }

  /** What it finds of a tenant when it is called. */
  async function found(tenantId: string): Promise<{ readonly kind: string; readonly isMended: boolean }[]> {
    const { FunctionName } = await reconciler();
    const { Payload, FunctionError } = await new LambdaClient(scene().settings).send(
      new InvokeCommand({ FunctionName, Payload: '{}' }),
    );
    const answer = Payload?.transformToString() ?? '';
    expect({ FunctionError, answer }).toMatchObject({ FunctionError: undefined });
    const { findings } = JSON.parse(answer) as {
      readonly findings: { readonly kind: string; readonly tenantId: string; readonly isMended: boolean }[];
    };
    return findings
      .filter((finding) => finding.tenantId === tenantId)
      .map(({ kind, isMended }) => ({ kind, isMended }));
  }

  /**
   * A platinum company an hour ago, whose run has begun as far as the tables say and has no execution: what started it died in between,
   * and no event will come.
   */
  async function anOnboardingThatWasLost(): Promise<{ readonly tenantId: string; readonly registrationId: string }> {
    const { outputs } = scene();
    const then = new Date(Date.now() - 60 * 60_000);
    const { TENANTS_TABLE = '', REGISTRATIONS_TABLE = '', ...names } = (await reconciler()).tables;
    const { PROVISIONING_RUNS_TABLE = '', TENANT_STACK_MAPPING_TABLE = '' } = names;
    const tables = { PROVISIONING_RUNS_TABLE, TENANT_STACK_MAPPING_TABLE };
    const tiers = await scan(outputs, 'control-plane-Tiers');
    const tenantId = ulids()();
    const registrationId = randomUUID();
    const tenant = {
      input: aRegistration({ tier: 'PLATINUM' }),
      tenantId,
      registrationId,
      tier: tiers.find(({ tier }) => tier === 'PLATINUM') as unknown as TierSettings,
      pool: { userPoolId: '', userPoolClientId: '' },
      now: then.toISOString(),
    };
    const { Release = '' } = await stackOutputs(outputs, 'cotenant-provisioning');
    const { run, writes } = newRun(
      { tenantId, action: 'PROVISION', release: Release, requestedBy: 'system', registrationId },
      { tables, clock: () => then, createRunId: ulids(), region: outputs.region },
    );
    const registration = registrationItem(tenant);
    const steps = registration.steps.map((step) =>
      step.name === 'PROVISION_STACK' ? { ...step, status: 'RUNNING' } : step,
    );
    const status = 'PROVISIONING';
    const put = (TableName: string, Item: object) => ({ Put: { TableName, Item: { ...Item } } });
    const outcome = await transact(createDocuments(new DynamoDBClient(scene().settings)), [
      put(TENANTS_TABLE, { ...tenantItem(tenant), status }),
      put(REGISTRATIONS_TABLE, { ...registration, steps, status, runId: run.runId }),
      put(PROVISIONING_RUNS_TABLE, { ...run, status: 'RUNNING' }),
      ...writes.slice(1),
    ]);
    expect(outcome).toEqual({ written: true });
    return { tenantId, registrationId };
  }

  test(
    'an onboarding whose run was lost is found, told of once, and ends ACTIVE',
    async () => {
      const { outputs } = scene();
      const operator = await anOperator(outputs);
      const { tenantId, registrationId } = await anOnboardingThatWasLost();
      expect(await runsOf(outputs, operator, tenantId)).toMatchObject([{ status: 'RUNNING', executionId: null }]);

      expect(await found(tenantId)).toEqual([{ kind: 'RUN_NOT_STARTED', isMended: true }]);
      expect(await untilOnboarded(outputs, registrationId, siloPatience)).toMatchObject({ status: 'ACTIVE' });
      const runs = await runsOf(outputs, operator, tenantId);
      expect(runs).toMatchObject([{ status: 'SUCCEEDED', attempt: 1, executionId: expect.any(String) as string }]);

      expect(await found(tenantId)).toEqual([]);
      const entries = (await scan(outputs, 'control-plane-AuditLog')).filter(
        (entry) => entry['tenantId'] === tenantId && entry['action'] === 'reconcile',
      );
      expect(entries).toMatchObject([{ actor: 'system' }]);
    },
    2 * siloPatience,
  );
});
