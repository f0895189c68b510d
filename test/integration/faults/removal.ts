import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Tenant } from '../../../generated/control-plane.ts';
import type { Outputs } from '../../../infra/start/outputs.ts';
import {
  anOperator,
  aRegistration,
  chosenPassword,
  register,
  signIn,
  temporaryPassword,
  untilOnboarded,
} from '../../support/given.ts';
import { inventory } from '../../support/inventory.ts';
import { errorsOf } from '../../support/mutate.ts';
import { routingOf, runsOf, siloPatience } from '../../support/provisioning.ts';
import { nameWith, sdkSettings } from '../../support/sdk.ts';
import { shopOf } from '../../support/shop.ts';
import { scan } from '../../support/tables.ts';
import { beginSilo } from '../../support/silo-faults.ts';
import { operationsOf } from '../control-plane/operate.ts';
import type { Scene } from './scene.ts';

interface Export {
  readonly counts: Record<string, number>;
  readonly files: readonly { readonly key: string; readonly part: string; readonly sha256: string }[];
}

const selection = 'tenant { id status slug offboarding { step exportKey failure } }';

async function readExport(outputs: Outputs, Key: string): Promise<string> {
  const s3 = new S3Client({ ...sdkSettings(outputs), forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const names = Buckets.map(({ Name }) => Name);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: nameWith('transitionsexports', names), Key }));
  return (await Body?.transformToString()) ?? '';
}

export function siloRemoval(scene: Scene): void {
  describe('offboarding a platinum company', () => {
    test(
      'is refused while it is made; later it exports, and leaves nothing in the account; the slug is free',
      async () => {
        const outputs = scene.outputs();
        const operate = await operationsOf({ outputs, settings: sdkSettings(outputs) });
        const before = await inventory(sdkSettings(outputs));
        const silo = await beginSilo(outputs);
        const { tenantId, slug } = silo;
        const order = { tenantId, confirmSlug: slug, retentionDays: 0 };
        expect(errorsOf(await operate.mutate('offboardTenant', order, selection))).toEqual(['INVALID_STATE tenantId']);
        expect(await untilOnboarded(outputs, silo.id, siloPatience)).toMatchObject({ status: 'ACTIVE' });

        const routing = await routingOf(outputs, slug);
        const email = `admin@${slug}.example`;
        const temporary = await temporaryPassword(outputs, email);
        const admin = await signIn(outputs, routing.userPoolClientId, email, temporary, chosenPassword);
        const shop = shopOf({ ...outputs, pooled: { ...outputs.pooled, graphqlUrl: routing.graphqlUrl } }, admin);
        const product = await shop.stock({ stock: 10 });
        const placed = [await shop.place(product.id), await shop.place(product.id)];

        expect(await operate.mutate('offboardTenant', order, selection)).toMatchObject({
          tenant: { status: 'OFFBOARDING' },
          userErrors: [],
        });
        const query = `query T($id: ID!) { ${selection.replace('tenant {', 'tenant(id: $id) {')} }`;
        const end = Date.now() + siloPatience;
        let tenant: Tenant;
        do {
          await sleep(100);
          ({ tenant } = await operate.ask<{ tenant: Tenant }>(query, { id: tenantId }));
        } while (tenant.offboarding?.step !== 'DONE' && Date.now() < end);
        expect(tenant).toMatchObject({ status: 'OFFBOARDED', offboarding: { step: 'DONE', failure: null } });

        const [run] = await runsOf(outputs, await anOperator(outputs), tenantId);
        expect(run).toMatchObject({ action: 'DEPROVISION', status: 'SUCCEEDED', attempt: 1 });
        expect(await inventory(sdkSettings(outputs))).toEqual(before);
        for (const table of ['TenantUsers', 'Gates', 'TransitionsTable', 'TenantStackMapping']) {
          const rows = await scan(outputs, `control-plane-${table}`);
          expect({ table, rows: rows.filter((row) => row['tenantId'] === tenantId) }).toEqual({ table, rows: [] });
        }
        const used = (await scan(outputs, 'control-plane-Usage')).filter((row) => row['tenantId'] === tenantId);
        expect(used.length).toBeGreaterThan(0);

        const manifest = JSON.parse(await readExport(outputs, tenant.offboarding?.exportKey ?? '')) as Export;
        expect(manifest.counts).toMatchObject({ products: 1, orders: 2, users: 1, tenant: 1 });
        const texts = new Map<string, string>();
        for (const { key, part, sha256 } of manifest.files) {
          const text = await readExport(outputs, key);
          expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
          texts.set(part, text);
        }
        for (const { id } of placed) expect(texts.get('orders')).toContain(id);

        const next = await register(outputs, aRegistration({ slug, adminEmail: email }));
        expect(next.userErrors).toEqual([]);
        expect(await untilOnboarded(outputs, next.registration?.id ?? '')).toMatchObject({ status: 'ACTIVE' });
      },
      3 * siloPatience,
    );
  });
}
