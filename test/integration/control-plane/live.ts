import { afterAll, describe, expect, test } from 'vitest';
import type { Registration, Tenant } from '../../../generated/control-plane.ts';
import { aCompany, aRegistration, publicHeaders, register } from '../../support/given.ts';
import { RealtimeClient } from '../../support/realtime.ts';
import type { Scene } from '../scene.ts';
import { operationsOf } from './operate.ts';

/** What the control plane tells while it happens, by the protocol of AppSync's realtime endpoint. */
export function liveFlows(scene: () => Scene): void {
  const clients: RealtimeClient[] = [];
  afterAll(() => clients.forEach((client) => client.close()));
  const enter = async (headers: Readonly<Record<string, string>>) => {
    const client = await RealtimeClient.enter(scene().outputs.controlPlane.realtimeUrl, headers);
    clients.push(client);
    return client;
  };

  describe('live', () => {
    test('an onboarding tells each of its steps to whoever has signed up, till it is ACTIVE', async () => {
      const headers = publicHeaders(scene().outputs);
      const client = await enter(headers);
      const query = `subscription P($id: ID!) {
        onRegistrationProgress(id: $id) { id status steps { name status startedAt finishedAt } }
      }`;
      const { registration } = await register(scene().outputs, aRegistration());
      const id = registration?.id ?? '';
      expect(await client.start('progress', query, headers, { id })).toMatchObject({ type: 'start_ack' });
      const heard = () =>
        (client.heard('progress') as { onRegistrationProgress: Registration }[]).map(
          ({ onRegistrationProgress }) => onRegistrationProgress,
        );
      await client.until(() => heard().at(-1)?.status === 'ACTIVE', 10_000);
      expect(new Set(heard().map((progress) => progress.id))).toEqual(new Set([id]));
      const succeeded = heard().map(({ steps }) => steps.filter(({ status }) => status === 'SUCCEEDED').length);
      expect(succeeded).toEqual([...succeeded].sort());
      expect(new Set(succeeded).size).toBeGreaterThan(1);
      const last = heard().at(-1);
      expect(last?.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
        'CLAIM_SLUG SUCCEEDED',
        'CREATE_GROUP SUCCEEDED',
        'CREATE_ADMIN SUCCEEDED',
        'OPEN_GATE SUCCEEDED',
        'ACTIVATE SUCCEEDED',
      ]);
      expect(last?.steps.every(({ startedAt, finishedAt }) => startedAt && finishedAt)).toBe(true);
    });

    test('operators hear that a tenant is suspended and activated', async () => {
      const operate = await operationsOf(scene());
      const { tenantId } = await aCompany(scene().outputs);
      const client = await enter(operate.operator.headers);
      const query = 'subscription { onTenantChanged { id slug status version } }';
      expect(await client.start('tenants', query, operate.operator.headers)).toMatchObject({ type: 'start_ack' });
      await operate.mutate('suspendTenant', { tenantId }, 'tenant { id }');
      await operate.mutate('activateTenant', { tenantId }, 'tenant { id }');
      const heard = () =>
        (client.heard('tenants') as { onTenantChanged: Tenant }[])
          .map(({ onTenantChanged }) => onTenantChanged)
          .filter(({ id }) => id === tenantId);
      await client.until(() => heard().length >= 2);
      const [suspended, activated] = heard().slice(-2);
      expect([suspended?.status, activated?.status]).toEqual(['SUSPENDED', 'ACTIVE']);
      expect(activated?.version).toBe((suspended?.version ?? 0) + 1);
    });
  });
}
