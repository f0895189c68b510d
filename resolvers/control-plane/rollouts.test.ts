import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ReleaseConnection,
  Rollout,
  RolloutConnection,
  SetTenantWavePayload,
} from '../../generated/control-plane.ts';
import { aRollout, aStack, siloId } from '../../functions/layer/testing/rollouts.ts';
import { admin, type ControlPlane, startControlPlane } from '../testing/control-plane.ts';

const silo = siloId(1);
let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane();
  const { tables } = plane;
  const put = (TableName: string, Item: object) =>
    plane.documents.send(new PutCommand({ TableName, Item: { ...Item } }));
  for (const stack of [aStack('pooled'), aStack(silo)]) await put(tables.TENANT_STACK_MAPPING_TABLE, stack);
  for (const rolloutId of ['R1', 'R2', 'R3']) {
    await put(tables.ROLLOUTS_TABLE, aRollout([aStack('pooled')], { rolloutId }));
  }
  await put(tables.ROLLOUTS_TABLE, { rolloutId: 'ACTIVE', names: 'R3' });
  for (const day of [1, 2, 3]) {
    const createdAt = `2026-11-0${day}T00:00:00.000Z`;
    await put(tables.RELEASES_TABLE, { release: `1.${day}.0`, listing: 'RELEASE', version: `1.${day}.0`, createdAt });
  }
});
afterAll(() => plane.stop());

describe('rollouts and releases', () => {
  test('are listed with the newest first, page by page', async () => {
    const first = await plane.ask<RolloutConnection>('Query.rollouts', { first: 2 });
    expect(first.edges.map(({ node }) => node.id)).toEqual(['R3', 'R2']);
    const rest = await plane.ask<RolloutConnection>('Query.rollouts', { after: first.pageInfo.endCursor ?? '' });
    expect(rest.edges.map(({ node }) => node.id)).toEqual(['R1']);
    expect(rest.pageInfo.hasNextPage).toBe(false);

    const releases = await plane.ask<ReleaseConnection>('Query.releases', { first: 2 });
    expect(releases.edges.map(({ node }) => node.id)).toEqual(['1.3.0', '1.2.0']);
    const older = await plane.ask<ReleaseConnection>('Query.releases', { after: releases.pageInfo.endCursor ?? '' });
    expect(older.edges.map(({ node }) => [node.id, node.commit])).toEqual([['1.1.0', null]]);
  });

  test('a cursor of the one is none of the other', async () => {
    const { pageInfo } = await plane.ask<RolloutConnection>('Query.rollouts', { first: 1 });
    const after = pageInfo.endCursor ?? '';
    await expect(plane.ask('Query.releases', { after })).rejects.toThrow('another list');
  });

  test('one rollout is found by its id; what else the table holds is not', async () => {
    const rollout = await plane.ask<Rollout>('Query.rollout', { id: 'R1' });
    expect(rollout).toMatchObject({ id: 'R1', status: 'RUNNING', failure: null });
    expect(rollout.waves.map(({ wave }) => wave)).toEqual(['CANARY', 'POOLED', 'EARLY', 'REST']);
    for (const id of ['ACTIVE', 'TOKEN#x', 'none', '']) expect(await plane.ask('Query.rollout', { id })).toBeNull();
  });
});

describe('setTenantWave', () => {
  const ask = (tenantId: string, wave: string) =>
    plane.ask<SetTenantWavePayload>('Mutation.setTenantWave', { input: { tenantId, wave } });

  test('changes the wave of a silo, and says so in the audit log', async () => {
    const { tenantStack } = await ask(silo, 'CANARY');
    expect(tenantStack).toMatchObject({ tenantId: silo, wave: 'CANARY', status: 'ACTIVE' });
    const { Items: entries = [] } = await plane.documents.send(
      new ScanCommand({ TableName: plane.tables.AUDIT_LOG_TABLE }),
    );
    expect(entries).toMatchObject([
      { action: 'setTenantWave', tenantId: silo, actor: admin.userId, detail: '{"wave":"CANARY"}' },
    ]);
  });

  test('never of the pool, nor to its wave, nor of what has no stack', async () => {
    const codes = async (tenantId: string, wave: string) =>
      (await ask(tenantId, wave)).userErrors.map(({ code }) => code);
    expect(await codes('pooled', 'CANARY')).toEqual(['INVALID_INPUT']);
    expect(await codes(silo, 'POOLED')).toEqual(['INVALID_INPUT']);
    expect(await codes(siloId(7), 'CANARY')).toEqual(['NOT_FOUND']);
    expect(await codes('../x', 'CANARY')).toEqual(['NOT_FOUND']);
  });
});

test('onRolloutChanged is for operators', async () => {
  plane.functions['operators'] = () => true;
  expect(await plane.ask('Subscription.onRolloutChanged')).toBeNull();
  await expect(plane.ask('Subscription.onRolloutChanged', {}, null)).rejects.toThrow();
});
