import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CognitoIdentityProviderClient,
  GetGroupCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Tenant } from '../../../generated/control-plane.ts';
import { aCompany, aRegistration, register, signIn, untilOnboarded } from '../../support/given.ts';
import { errorsOf } from '../../support/mutate.ts';
import { nameWith, sdkSettings } from '../../support/sdk.ts';
import { shopOf } from '../../support/shop.ts';
import { scan } from '../../support/tables.ts';
import { type Operations, operationsOf } from '../control-plane/operate.ts';
import type { Scene } from '../scene.ts';

const tables = [
  'control-plane-TenantUsers',
  'control-plane-Gates',
  'control-plane-TransitionsTable',
  'pooled-Products',
  'pooled-Orders',
];
const selection = 'tenant { id status slug offboarding { requestedAt purgeAt step exportKey failure } }';

/** Waits until the offboarding is at a step. */
async function untilStep(operate: Operations, tenantId: string, step: string, longest = 90_000): Promise<Tenant> {
  const end = Date.now() + longest;
  const query = `query T($id: ID!) { ${selection.replace('tenant {', 'tenant(id: $id) {')} }`;
  for (;;) {
    const { tenant } = await operate.ask<{ tenant: Tenant }>(query, { id: tenantId });
    if (tenant.offboarding?.step === step) return tenant;
    if (Date.now() > end) throw new Error(`Not at ${step} after ${longest} ms: ${JSON.stringify(tenant)}`);
    await sleep(200);
  }
}

export function offboardingFlows(scene: () => Scene): void {
  const settings = () => sdkSettings(scene().outputs);

  async function readExport(key: string): Promise<string> {
    const s3 = new S3Client({ ...settings(), forcePathStyle: true });
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const Bucket = nameWith(
      'transitionsexports',
      Buckets.map(({ Name }) => Name),
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  }

  describe('offboardTenant', () => {
    test('closes the tenant at once, exports, and leaves nothing; then the slug is free', async () => {
      const { outputs } = scene();
      const operate = await operationsOf(scene());
      const company = await aCompany(outputs);
      const { tenantId, slug, admin } = company;
      const shop = shopOf(outputs, admin);
      const product = await shop.stock({ stock: 100 });
      const orders = [];
      for (let count = 0; count < 5; count += 1) orders.push(await shop.place(product.id));

      const wrong = await operate.mutate('offboardTenant', { tenantId, confirmSlug: `${slug}x` }, selection);
      expect(errorsOf(wrong)).toEqual(['INVALID_INPUT confirmSlug']);
      expect(await shop.product(product.id)).toMatchObject({ id: product.id });

      const answer = await operate.mutate<Tenant>(
        'offboardTenant',
        { tenantId, confirmSlug: slug, retentionDays: 0 },
        selection,
      );
      expect(answer).toMatchObject({ tenant: { status: 'OFFBOARDING' }, userErrors: [] });
      const refused = await shop.ask('{ me { id } }');
      expect(refused.errors?.[0]?.errorType).toMatch(/TenantSuspended|UnauthorizedException/);
      await expect(signIn(outputs, outputs.pooled.userPoolClientId, admin.email, admin.password)).rejects.toThrow();

      const gone = await untilStep(operate, tenantId, 'DONE');
      expect(gone).toMatchObject({ status: 'OFFBOARDED', slug: `${slug}.${tenantId}` });

      const manifest = JSON.parse(await readExport(gone.offboarding?.exportKey ?? '')) as {
        counts: Record<string, number>;
        files: { key: string; part: string; items: number; sha256: string }[];
      };
      expect(manifest.counts).toMatchObject({ products: 1, orders: 5, users: 1, tenant: 1 });
      const texts = new Map<string, string>();
      for (const { key, part, sha256 } of manifest.files) {
        const text = await readExport(key);
        expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
        texts.set(part, text);
      }
      const lines = (texts.get('orders') ?? '').trimEnd().split('\n');
      const exported = lines.map((line) => JSON.parse(line) as { orderId: string; total: number });
      expect(exported.map(({ orderId, total }) => ({ id: orderId, total }))).toEqual(
        expect.arrayContaining(orders.map(({ id, total }) => ({ id, total }))),
      );

      for (const table of tables) {
        const rows = (await scan(outputs, table)).filter((row) => JSON.stringify(row).includes(tenantId));
        expect({ table, rows }).toEqual({ table, rows: [] });
      }
      const cognito = new CognitoIdentityProviderClient(settings());
      const UserPoolId = outputs.pooled.userPoolId;
      const { Users } = await cognito.send(new ListUsersCommand({ UserPoolId, Filter: `email = "${admin.email}"` }));
      expect(Users).toEqual([]);
      await expect(cognito.send(new GetGroupCommand({ UserPoolId, GroupName: tenantId }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });

      // Slug and address are free for somebody else.
      const next = await register(outputs, aRegistration({ slug, adminEmail: admin.email }));
      expect(next.userErrors).toEqual([]);
      const onboarded = await untilOnboarded(outputs, next.registration?.id ?? '');
      expect(onboarded.status).toBe('ACTIVE');
      expect(onboarded.tenantId).not.toBe(tenantId);
    }, 150_000);

    test('stopped in the window, the tenant is there again with all that it had', async () => {
      const { outputs } = scene();
      const operate = await operationsOf(scene());
      const { tenantId, slug, admin } = await aCompany(outputs);
      const shop = shopOf(outputs, admin);
      const product = await shop.stock();
      await operate.mutate('offboardTenant', { tenantId, confirmSlug: slug, retentionDays: 1 }, selection);
      await untilStep(operate, tenantId, 'RETAIN');
      const answer = await operate.mutate<Tenant>('cancelOffboarding', { tenantId }, selection);
      expect(answer).toMatchObject({ tenant: { status: 'ACTIVE', slug, offboarding: null }, userErrors: [] });
      const again = await signIn(outputs, outputs.pooled.userPoolClientId, admin.email, admin.password);
      expect(await shopOf(outputs, again).product(product.id)).toEqual(product);
      expect(errorsOf(await operate.mutate('cancelOffboarding', { tenantId }, selection))).toEqual([
        'INVALID_STATE tenantId',
      ]);
    }, 90_000);
  });
}
