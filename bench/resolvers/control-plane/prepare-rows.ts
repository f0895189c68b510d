import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { aRollout, aStack } from '../../../functions/layer/testing/rollouts.ts';
import { tierDefaults } from '../../../functions/tier-defaults/tiers.ts';
import type { ControlPlane } from '../../../resolvers/testing/control-plane.ts';

const moment = '2026-01-01T00:00:00.000Z';
const dates = { createdAt: moment, updatedAt: moment };
const entries = 20;

/** What the fields read and change, by the ids that the requests name. */
export async function prepareRows(plane: ControlPlane): Promise<void> {
  const { documents, tables } = plane;
  const put = (TableName: string, Item: object) => documents.send(new PutCommand({ TableName, Item: { ...Item } }));

  for (const tier of tierDefaults) await put(tables.TIERS_TABLE, tier);
  for (const tenantId of ['pooled', 'silo']) {
    const endpoints = { graphqlUrl: `https://${tenantId}.example/graphql`, realtimeUrl: `wss://${tenantId}.example` };
    const userPool = { userPoolId: 'pool', userPoolClientId: 'client' };
    await put(tables.TENANT_STACK_MAPPING_TABLE, { ...aStack(tenantId), ...endpoints, ...userPool });
  }
  for (const tenantId of ['staying', 'moving', 'returning', 'leaving']) await plane.givenTenant(tenantId);
  await put(tables.REGISTRATIONS_TABLE, { ...registration, ...dates });

  for (let number = 1; number <= entries; number += 1) {
    const id = String(number).padStart(4, '0');
    await plane.givenTenant(`tenant-${id}`);
    await put(tables.TENANT_STACK_MAPPING_TABLE, aStack(`silo-${id}`));
    await put(tables.TENANT_USERS_TABLE, { ...user, userId: `user-${id}`, email: `${id}@acme.example`, ...dates });
    await put(tables.PROVISIONING_RUNS_TABLE, { ...run, runId: `run-${id}`, ...dates });
    await put(tables.RELEASES_TABLE, { ...release, release: `1.0.${number}`, createdAt: `2026-01-01T00:00:00.${id}Z` });
    await put(tables.ROLLOUTS_TABLE, aRollout([aStack('pooled')], { rolloutId: `rollout-${id}` }));
    await put(tables.AUDIT_LOG_TABLE, { ...auditEntry, id: `entry-${id}` });
  }
}

const registration = {
  registrationId: 'registration',
  tenantId: 'staying',
  companyName: 'Acme',
  slug: 'staying',
  adminEmail: 'ada@acme.example',
  adminName: 'Ada',
  tier: 'BASIC',
  status: 'REQUESTED',
  steps: [{ name: 'CLAIM_SLUG', status: 'SUCCEEDED' }],
};
const user = { tenantId: 'staying', sub: 'ada', name: 'Ada', role: 'TENANT_USER', status: 'ACTIVE' };
const run = {
  tenantId: 'silo',
  action: 'PROVISION',
  release: '1.0.1',
  status: 'RUNNING',
  attempt: 1,
  steps: [{ name: 'READ_RELEASE', status: 'RUNNING', startedAt: moment }],
  logTail: ['Reading the release'],
  requestedBy: 'system',
};
const release = { listing: 'RELEASE', version: '1.0.0' };
const auditEntry = { listing: 'AUDIT', at: moment, actor: 'system', action: 'activateTenant', tenantId: 'staying' };
