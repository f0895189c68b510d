import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Operator, Registration, Tenant } from '../../../generated/control-plane.ts';
import {
  aCompany,
  aRegistration,
  chosenPassword,
  publicHeaders,
  register,
  signIn,
  temporaryPassword,
} from '../../support/given.ts';
import { graphqlData } from '../../support/graphql.ts';
import { mutate } from '../../support/mutate.ts';
import { RealtimeClient } from '../../support/realtime.ts';
import { aColleague } from '../../support/people.ts';
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

    test('what an operator follows ends when the operator is disabled, and does not begin again', async () => {
      const operate = await operationsOf(scene());
      const { outputs } = scene();
      const email = 'ola@support.example';
      const input = { email, name: 'Ola', role: 'CUSTOMER_SUPPORT' };
      const { operator } = await operate.mutate<Operator>('createOperator', input, 'operator { id }');
      const temporary = await temporaryPassword(outputs, email);
      const { userPoolClientId } = outputs.controlPlane;
      const { headers } = await signIn(outputs, userPoolClientId, email, temporary, chosenPassword);
      const query = 'subscription { onTenantChanged { id } }';
      const [theirs, others] = [await enter(headers), await enter(operate.operator.headers)];
      expect(await theirs.start('tenants', query, headers)).toMatchObject({ type: 'start_ack' });
      expect(await others.start('tenants', query, operate.operator.headers)).toMatchObject({ type: 'start_ack' });
      await operate.mutate('disableOperator', { id: operator?.id }, 'operator { status }');
      await theirs.until((frame) => frame.type === 'complete', 10_000);
      await vi.waitFor(() => expect(theirs.isOpen).toBe(false));
      expect(others.isOpen).toBe(true);
      // AppSync still has the authorizer's answer for this token.
      const again = await enter(headers);
      expect(await again.start('tenants', query, headers)).toMatchObject({
        type: 'error',
        payload: { errors: [{ errorType: 'Unauthorized' }] },
      });
    });

    test('what is live ends when the user is disabled, then when the tenant is suspended; a neighbour goes on', async () => {
      const { outputs } = scene();
      const operate = await operationsOf(scene());
      const [company, neighbour] = [await aCompany(outputs), await aCompany(outputs)];
      const colleague = await aColleague(outputs, company, 'TENANT_USER');
      const follow = async (headers: Readonly<Record<string, string>>) => {
        const client = await RealtimeClient.enter(outputs.pooled.realtimeUrl, headers);
        clients.push(client);
        const query = 'subscription { onProductChanged { type product { name } } }';
        expect(await client.start('products', query, headers)).toMatchObject({ type: 'start_ack' });
        return client;
      };
      const [admin, theirs, other] = [
        await follow(company.admin.headers),
        await follow(colleague.headers),
        await follow(neighbour.admin.headers),
      ];
      const { me } = await graphqlData<{ me: { id: string } }>(
        outputs.pooled.graphqlUrl,
        colleague.headers,
        '{ me { id } }',
      );
      const api = { url: outputs.pooled.graphqlUrl, headers: company.admin.headers };
      const disabled = await mutate(api, 'disableUser', { id: me.id }, 'user { id }');
      expect(disabled.userErrors).toEqual([]);
      await theirs.until((frame) => frame.type === 'complete', 10_000);
      await vi.waitFor(() => expect(theirs.isOpen).toBe(false));
      expect([admin.isOpen, other.isOpen]).toEqual([true, true]);

      await operate.mutate('suspendTenant', { tenantId: company.tenantId }, 'tenant { id }');
      await admin.until((frame) => frame.type === 'complete', 10_000);
      await vi.waitFor(() => expect(admin.isOpen).toBe(false));
      expect(other.isOpen).toBe(true);
      const product = { sku: 'S-1', name: 'Lamp', price: 1, stock: 1 };
      await mutate({ ...api, headers: neighbour.admin.headers }, 'createProduct', product, 'product { id }');
      await other.until((frame) => frame.type === 'data', 10_000);
      expect(other.heard('products')).toHaveLength(1);
    });
  });
}
