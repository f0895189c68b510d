import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { anOperator } from '../../support/given.ts';
import { graphqlData } from '../../support/graphql.ts';
import { inventory } from '../../support/inventory.ts';
import { runsOf, siloPatience } from '../../support/provisioning.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { beginSilo, expectOneWholeSilo, until } from '../../support/silo-faults.ts';
import { deliverPipelineEvent, pipelineEvent } from './deliver.ts';
import type { Scene } from './scene.ts';

const states = ['SUCCEEDED', 'FAILED', 'STOPPED', 'STARTED'];

export function strangeEvents(scene: Scene): void {
  describe('events of the pipeline', () => {
    test(
      'that come too early, twice or late change nothing',
      async () => {
        const outputs = scene.outputs();
        const operator = await anOperator(outputs);
        const before = await inventory(sdkSettings(outputs));
        const silo = await beginSilo(outputs);
        const executionId = await until('an execution', async () => {
          const [run] = await runsOf(outputs, operator, silo.tenantId);
          return run?.executionId ?? undefined;
        });
        for (const state of states) await deliverPipelineEvent(outputs, executionId, state);
        await expectOneWholeSilo(outputs, silo, before);

        const query = `query T($id: ID!) { tenant(id: $id) { status failure version updatedAt } }`;
        const read = async () => [
          await graphqlData(outputs.controlPlane.graphqlUrl, operator.headers, query, { id: silo.tenantId }),
          await runsOf(outputs, operator, silo.tenantId),
        ];
        const ended = await read();
        for (const state of [...states, ...states]) await deliverPipelineEvent(outputs, executionId, state);
        expect(await read()).toEqual(ended);
      },
      2 * siloPatience,
    );

    test('of an execution that nobody knows are passed over', async () => {
      for (const state of states) await deliverPipelineEvent(scene.outputs(), randomUUID(), state);
    });

    test('can be put on the bus by nobody else', async () => {
      const { source, detail, 'detail-type': DetailType } = pipelineEvent(randomUUID(), 'FAILED');
      const { FailedEntryCount, Entries } = await new EventBridgeClient(sdkSettings(scene.outputs())).send(
        new PutEventsCommand({ Entries: [{ Source: source, DetailType, Detail: JSON.stringify(detail) }] }),
      );
      expect({ FailedEntryCount, code: Entries?.[0]?.ErrorCode }).toEqual({
        FailedEntryCount: 1,
        code: 'NotAuthorizedForSourceException',
      });
    });
  });
}
