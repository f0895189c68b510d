import { DynamoDBClient, ListTablesCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { TenantUsageReport, UsageSummary } from '../../../generated/control-plane.ts';
import { aCompany } from '../../support/given.ts';
import { aColleague } from '../../support/people.ts';
import { runMeter } from '../../support/run-meter.ts';
import { nameWith } from '../../support/sdk.ts';
import { shopOf } from '../../support/shop.ts';
import { scan } from '../../support/tables.ts';
import type { Scene } from '../scene.ts';
import { operationsOf } from './operate.ts';

const counts = 'operations reads writes subscriptions refused cost';

/** What tenants use, from their own gate to what operators see of it. */
export function usageFlows(scene: () => Scene): void {
  describe('usage', () => {
    test('is the same for the tenant and for operators, before and after it is metered', async () => {
      const operate = await operationsOf(scene());
      const company = await aCompany(scene().outputs);
      const { tenantId } = company;
      const shop = shopOf(scene().outputs, company.admin);
      const { id } = await shop.stock();
      await shop.place(id);
      await shop.product(id);
      const { data } = await shop.ask<{ tenant: { usage: { today: number; thisMonth: number; dayResetsAt: string } } }>(
        '{ tenant { usage { today thisMonth dayResetsAt } } }',
      );
      const own = data?.tenant.usage;
      expect(own).toMatchObject({ today: 4, thisMonth: 4 });

      const today = new Date().toISOString().slice(0, 10);
      const range = { tenantId, from: `${today.slice(0, 7)}-01`, to: today };
      const ask = async () =>
        await operate.ask<{ tenantUsage: TenantUsageReport }>(
          `query U($tenantId: ID!, $from: AWSDate!, $to: AWSDate!) {
            tenantUsage(tenantId: $tenantId, from: $from, to: $to) {
              tenantId days { day ${counts} } total { ${counts} } pricesAsOf
            }
          }`,
          range,
        );
      const before = await ask();
      expect(before.tenantUsage.days).toMatchObject([
        { day: today, operations: 4, reads: 2, writes: 2, subscriptions: 0 },
      ]);
      expect(before.tenantUsage.total.cost).toBeGreaterThan(4 * 4);
      await runMeter(scene().outputs);
      await runMeter(scene().outputs);
      expect(await ask()).toEqual(before);

      const { usageSummary } = await operate.ask<{ usageSummary: UsageSummary }>(
        `query S($month: String!) {
          usageSummary(month: $month) {
            month tenantCount tenants { tenantId name tier quotaShare dayQuotaShare ${counts} } total { ${counts} } pricesAsOf
          }
        }`,
        { month: today.slice(0, 7) },
      );
      const row = usageSummary.tenants.find((tenant) => tenant.tenantId === tenantId);
      expect(row).toMatchObject({ tier: 'BASIC', operations: 4, writes: 2, cost: before.tenantUsage.total.cost });
      expect(row?.quotaShare).toBeCloseTo(4 / 30_000, 9);
      expect(row?.dayQuotaShare).toBeCloseTo(4 / 1_000, 9);
      expect(usageSummary.total.operations).toBe(
        usageSummary.tenants.reduce((sum, { operations }) => sum + operations, 0),
      );
    });

    test('of days long past leaves the gate once it is metered, and the gate goes on', async () => {
      const operate = await operationsOf(scene());
      const { tenantId, admin } = await aCompany(scene().outputs);
      const database = new DynamoDBClient(scene().settings);
      const { TableNames: tables } = await database.send(new ListTablesCommand({}));
      await database.send(
        new UpdateItemCommand({
          TableName: nameWith('control-plane-Gates', tables ?? []),
          Key: { tenantId: { S: tenantId } },
          UpdateExpression: 'SET #day = :three, #writes = :one, #refused = :five, #month = :three',
          ExpressionAttributeNames: {
            '#day': 'day#2020-01-31',
            '#writes': 'writes#2020-01-31',
            '#refused': 'refused#2020-01-31',
            '#month': 'month#2020-01',
          },
          ExpressionAttributeValues: { ':three': { N: '3' }, ':one': { N: '1' }, ':five': { N: '5' } },
        }),
      );
      await runMeter(scene().outputs);
      const gate = (await scan(scene().outputs, 'control-plane-Gates')).find((item) => item['tenantId'] === tenantId);
      expect(Object.keys(gate ?? {}).filter((name) => name.includes('2020'))).toEqual([]);
      const query = `{ tenantUsage(tenantId: "${tenantId}", from: "2020-01-01", to: "2020-01-31") { days { day ${counts} } } }`;
      const { tenantUsage } = await operate.ask<{ tenantUsage: TenantUsageReport }>(query);
      expect(tenantUsage.days).toMatchObject([{ day: '2020-01-31', operations: 3, reads: 2, writes: 1, refused: 5 }]);
      expect((await shopOf(scene().outputs, admin).ask('{ me { id } }')).errors).toEqual([]);
    });

    test('takes who is disabled for long enough out of the gate, whom the authorizer refuses by itself', async () => {
      const { outputs, settings } = scene();
      const operate = await operationsOf(scene());
      const company = await aCompany(outputs);
      const { tenantId } = company;
      const people = [
        await aColleague(outputs, company, 'TENANT_USER'),
        await aColleague(outputs, company, 'TENANT_USER'),
      ];
      const rows = (await scan(outputs, 'control-plane-TenantUsers')).filter((row) => row['tenantId'] === tenantId);
      const ids = people.map(({ email }) => String(rows.find((row) => row['email'] === email)?.['userId']));
      for (const id of ids) {
        const { userErrors } = await operate.mutate('disableTenantUser', { tenantId, id }, 'user { id }');
        expect(userErrors).toEqual([]);
      }
      const database = new DynamoDBClient(settings);
      const { TableNames: tables } = await database.send(new ListTablesCommand({}));
      await database.send(
        new UpdateItemCommand({
          TableName: nameWith('control-plane-TenantUsers', tables ?? []),
          Key: { tenantId: { S: tenantId }, userId: { S: ids[0] ?? '' } },
          UpdateExpression: 'SET updatedAt = :before',
          ExpressionAttributeValues: { ':before': { S: new Date(Date.now() - 180_000).toISOString() } },
        }),
      );
      await runMeter(outputs);
      const gate = (await scan(outputs, 'control-plane-Gates')).find((item) => item['tenantId'] === tenantId);
      expect(gate?.['blockedUsers']).toEqual(new Set([ids[1]]));
      for (const person of people) {
        const { status, data } = await shopOf(outputs, person).ask('{ me { id } }');
        expect({ status, data }).toEqual({ status: 401, data: null });
      }
    });

    test('tells what rate or quota refused: to operators for today and by day, to the tenant by day', async () => {
      const operate = await operationsOf(scene());
      const { tenantId, admin } = await aCompany(scene().outputs);
      const limit =
        'mutation L($input: SetTenantLimitsInput!) { setTenantLimits(input: $input) { userErrors { code } } }';
      const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 2, requestsPerMonth: 1000 };
      await operate.ask(limit, { input: { tenantId, limits } });
      const shop = shopOf(scene().outputs, admin);
      const answers = await Promise.all(Array.from({ length: 7 }, () => shop.ask('{ me { id } }')));
      const refused = answers.filter(({ errors }) => errors[0]?.errorType === 'QuotaExceeded');
      expect(refused).toHaveLength(5);

      const today = new Date().toISOString().slice(0, 10);
      const query = `query S($month: String!) { usageSummary(month: $month) { tenants { tenantId refused refusedToday } } }`;
      const summarize = async () => {
        const { usageSummary } = await operate.ask<{ usageSummary: UsageSummary }>(query, { month: today.slice(0, 7) });
        return usageSummary.tenants.find((tenant) => tenant.tenantId === tenantId);
      };
      const reports = `{ tenantUsage(tenantId: "${tenantId}", from: "${today}", to: "${today}") { days { day ${counts} } } }`;
      const day = { day: today, operations: 2, refused: 5 };
      for (let run = 0; run < 2; run += 1) {
        const { tenantUsage } = await operate.ask<{ tenantUsage: TenantUsageReport }>(reports);
        expect(tenantUsage.days).toMatchObject([day]);
        await runMeter(scene().outputs);
        expect(await summarize()).toMatchObject({ refused: 5, refusedToday: 5 });
      }
      await operate.ask(limit, { input: { tenantId, limits: null } });
      const own = await shop.ask<{ usageByDay: object[] }>('{ usageByDay(days: 1) { day operations refused } }');
      expect(own.data?.usageByDay).toEqual([{ ...day, operations: 3 }]);
    });

    test('of what is no tenant is null, and is not the tenants’ to ask for', async () => {
      const operate = await operationsOf(scene());
      const query = '{ tenantUsage(tenantId: "nobody", from: "2026-11-01", to: "2026-11-30") { tenantId } }';
      expect(await operate.ask(query)).toEqual({ tenantUsage: null });
      const reversed = '{ tenantUsage(tenantId: "T", from: "2026-11-02", to: "2026-11-01") { tenantId } }';
      expect(await operate.refusal(reversed)).toBe('BadRequest');
      expect(await operate.refusal('{ usageSummary(month: "2026") { month } }')).toBe('BadRequest');
    });
  });
}
