import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company } from '../support/given.ts';
import { chromiumPath } from './support/chromium.ts';
import { hold, pretend, refuse, refusedRequest } from './support/meddle.ts';
import { openScene, wide } from './support/open-scene.ts';
import { expectAccessible, lookAt, type Visitor } from './support/visitor.ts';

let company: Company;
let visitor: Visitor;
let page: Page;

describe.skipIf(chromiumPath === undefined)('what the console says of what it cannot do or know', () => {
  const scene = openScene({ viewport: wide });
  beforeAll(async () => {
    company = await aCompany(scene.outputs, { companyName: 'Harbour Books' });
  }, 240_000);
  beforeEach(() => {
    ({ page, visitor } = scene);
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const heading = (name: string | RegExp) => page.getByRole('heading', { name, exact: true });

  test('a change that is refused says why, what to do, its code and its request, calmly where waiting mends it', async () => {
    await scene.operate('suspendTenant', { tenantId: company.tenantId });
    await scene.enterConsole(`/tenants/${company.tenantId}`);
    const busy = { errorType: 'TooManyRequests', errorInfo: { retryAfterMs: 60_000 } };
    const admitTooMany = await refuse(page, /activateTenant/, busy);
    await button('Activate').click();
    const calm = page.getByRole('status').filter({ hasText: 'One moment, please' });
    await calm.getByText(`TooManyRequests · request ${refusedRequest}`).waitFor();
    await calm.getByRole('timer').getByText('Goes on in').waitFor();
    await admitTooMany();

    const mend = await refuse(page, /activateTenant/, { errorType: 'InternalFailure' });
    await button('Activate').click();
    const alert = page.getByRole('alert').filter({ hasText: 'Something went wrong' });
    await alert.getByText(`InternalFailure · request ${refusedRequest}`).waitFor();
    await alert.getByText('It was refused here.').waitFor();
    await alert.getByText('tell the support the request id').waitFor();
    await button('Activate').click();
    // A notice of what was done goes by itself; of what was not, when it is closed, and there is one of each kind.
    await page.waitForTimeout(6500);
    expect(await alert.count()).toBe(1);
    await lookAt(page, 'admin-refused');
    await expectAccessible(page);
    await alert.getByRole('button', { name: 'Close' }).click();
    expect(await alert.count()).toBe(0);
    await mend();
    await button('Activate').click();
    await page.getByText('Active', { exact: true }).waitFor();

    // A dialog covers the notices: it says so itself.
    await refuse(page, /suspendTenant/, { errorType: 'InternalFailure' });
    await button('Suspend').click();
    await button('Suspend').last().click();
    await page.getByRole('dialog').getByText(`InternalFailure · request ${refusedRequest}`).waitFor();
    expect(await alert.count()).toBe(1);
    await expectAccessible(page);
    expect(visitor.complaints()).toEqual([]);
  });

  test('a list that cannot be read again says so above what it shows', async () => {
    await scene.enterConsole('/tenants');
    await page.getByRole('link', { name: 'Harbour Books' }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const mend = await refuse(page, /query Tenants\(/, { errorType: 'InternalFailure' });
    const { slug } = await aCompany(scene.outputs);
    const alert = page.getByRole('alert').filter({ hasText: 'Something went wrong' });
    await alert.getByText(`InternalFailure · request ${refusedRequest}`).waitFor();
    expect(await page.getByRole('link', { name: 'Harbour Books' }).count()).toBe(1);
    await lookAt(page, 'admin-old-list');
    await expectAccessible(page);
    await mend();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(slug, { exact: true }).waitFor();
    expect(await alert.count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  });

  test('what is being read is said to be, and is not said to be nothing', async () => {
    await scene.enterConsole('/isolation');
    await heading('Isolation').waitFor();
    const letGo = await hold(page, /query (Tenants|TenantStacks|UsageSummary|Tenant|Rollout|ProvisioningRuns)\(/);
    const reading = (what: string) => page.getByRole('status').getByText(`Reading ${what}`);
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await heading('Throttled').waitFor();
    expect(await reading('the figures').count()).toBe(6);
    for (const none of ['No tenants yet', 'No tenant was', 'Nothing does', 'No stack is', 'No sign-up'])
      expect(await page.getByText(none).count(), none).toBe(0);
    await expectAccessible(page);
    await page.goto(scene.at('admin', `/tenants/${company.tenantId}`));
    await reading('the tenant').waitFor();
    await page.goto(scene.at('admin', '/rollouts/none'));
    await reading('the rollout').waitFor();
    await page.goto(scene.at('admin', '/stacks/pooled'));
    await reading('its runs').waitFor();
    letGo();
    await page.getByText('Provision to').first().waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test('the dashboard says of which tenants its figures are, where they are not of all', async () => {
    await scene.enterConsole('/isolation');
    let count = 0;
    const { tenantId, slug } = company;
    const tenant = {
      ...{ slug, name: 'One of many', tier: 'BASIC', status: 'ACTIVE', deployment: 'POOLED', stack: 'pooled' },
      ...{ adminEmail: 'a@b.example', createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' },
    };
    await pretend(page, /query Tenants\(/, () => ({
      tenants: {
        edges: [{ node: { ...tenant, id: `tenant-${(count += 1)}` } }],
        pageInfo: { hasNextPage: true, endCursor: `page-${count}` },
      },
    }));
    const total = { operations: 1, reads: 1, writes: 0, subscriptions: 0, refused: 0, cost: 1 };
    const usage = { tenantId, name: 'One of many', tier: 'BASIC', ...total };
    await pretend(page, /query UsageSummary\(/, () => ({
      usageSummary: {
        tenants: [{ ...usage, quotaShare: 0, dayQuotaShare: 0, refusedToday: 0 }],
        ...{ month: '2026-11', tenantCount: 1234, total, pricesAsOf: '2026-01-01' },
      },
    }));
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByText('None of these does').waitFor();
    const part = page.getByText('Of the first 20 tenants by workspace name');
    expect(await part.count()).toBe(4);
    const busiest = 'Of the 1 of 1,234 tenants with the most requests this month';
    await page.getByText(`${busiest}, none was refused anything today`).waitFor();
    await lookAt(page, 'admin-dashboard-of-a-part', true);
    await expectAccessible(page);
    expect(visitor.complaints()).toEqual([]);
  });

  test('all runs of a stack can be seen', async () => {
    const run = (id: string) => ({
      ...{ id, tenantId: 'pooled', action: 'UPDATE', release: `release-${id}`, status: 'SUCCEEDED', attempt: 1 },
      ...{ steps: [], logTail: [], createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' },
    });
    await pretend(page, /query ProvisioningRuns\(/, ({ after }) => {
      const ids = after === undefined ? Array.from({ length: 50 }, (_, index) => `newer-${index}`) : ['oldest'];
      const pageInfo = { hasNextPage: after === undefined, endCursor: 'more' };
      return { provisioningRuns: { edges: ids.map((id) => ({ node: run(id) })), pageInfo } };
    });
    await scene.enterConsole('/stacks/pooled');
    await page.getByText('Update to release-newer-49').waitFor();
    await button('Show earlier runs').click();
    await page.getByText('Update to release-oldest').waitFor();
    expect(await button('Show earlier runs').count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  });

  test('what a passing fault keeps from being followed is not live till it is followed', async () => {
    let mayPass = false;
    let refusals = 0;
    await page.routeWebSocket(/realtime/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((text) => {
        const { id, payload } = JSON.parse(String(text)) as { id?: string; payload?: { data?: string } };
        if (mayPass || !payload?.data?.includes('onRolloutChanged')) return server.send(text);
        refusals += 1;
        const errors = [{ message: 'The gate did not answer.', errorType: 'GateUnavailable' }];
        socket.send(JSON.stringify({ id, type: 'error', payload: { errors } }));
      });
    });
    await scene.enterConsole('/tenants');
    await page.getByText('The connection is interrupted').waitFor();
    await page.getByText('Reconnecting', { exact: true }).waitFor();
    await expect.poll(() => refusals).toBeGreaterThan(1);
    // The other subscription goes on.
    const { slug } = await aCompany(scene.outputs);
    await page.getByText(slug, { exact: true }).waitFor();
    mayPass = true;
    await button('Try now').click();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('The connection is interrupted').waitFor({ state: 'detached' });
    expect(visitor.complaints()).toEqual([]);
  });
});
