import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company } from '../support/given.ts';
import { aSupporter } from '../support/people.ts';
import { runMeter } from '../support/run-meter.ts';
import { shopOf } from '../support/shop.ts';
import { chromiumPath } from './support/chromium.ts';
import { openScene, wide } from './support/open-scene.ts';
import { openPalette } from './support/open-palette.ts';
import { signInWith } from './support/sign-in.ts';
import { expectAccessible, lookAt, takePicture, type Visitor } from './support/visitor.ts';

let company: Company;
let visitor: Visitor;
let page: Page;

describe.skipIf(chromiumPath === undefined)("the operators' console", () => {
  const scene = openScene({ viewport: wide });
  beforeAll(async () => {
    company = await aCompany(scene.outputs, { companyName: 'Harbour Books' });
  }, 240_000);
  beforeEach(() => {
    ({ page, visitor } = scene);
  });

  const at = (path: string): string => scene.at('admin', path);
  const tenantPage = (): string => `/tenants/${company.tenantId}`;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });

  const enter: typeof scene.enterConsole = (path, who) => scene.enterConsole(path, who);
  const operate = (field: string, input: object): Promise<void> =>
    scene.operate(field, { tenantId: company.tenantId, ...input });

  test('the dashboard shows the business, and who signs up appears by itself', async () => {
    await enter('/');
    await heading('Dashboard').waitFor();
    const basic = page.getByRole('definition').filter({ has: page.locator('a[href="/tenants?tier=BASIC"]') });
    const before = Number(await basic.innerText());
    await page.getByText('Live', { exact: true }).waitFor();
    await aCompany(scene.outputs);
    await basic.getByText(String(before + 1), { exact: true }).waitFor();
    await expectAccessible(page);
    await basic.getByRole('link').click();
    await page.getByRole('link', { name: 'Harbour Books' }).waitFor();
    expect(page.url()).toBe(at('/tenants?tier=BASIC'));
    expect(visitor.complaints()).toEqual([]);
  });

  test('the dashboard shows how long sign-ups took, and who is refused', async () => {
    const business = [
      ['Busy Bees', 'BASIC', 5],
      ['Alder Cycles', 'STANDARD', 34],
      ['Cobalt Glass', 'PREMIUM', 21],
    ] as const;
    await Promise.all(
      business.map(async ([companyName, tier, requests]) => {
        const { tenantId, admin } = await aCompany(scene.outputs, { companyName, tier });
        const shop = shopOf(scene.outputs, admin);
        const ask = (count: number) => Promise.all(Array.from({ length: count }, () => shop.ask('{ me { id } }')));
        await ask(requests);
        if (companyName !== 'Busy Bees') return;
        const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 5, requestsPerMonth: 100 };
        await operate('setTenantLimits', { tenantId, limits });
        await ask(3);
      }),
    );
    await runMeter(scene.outputs);
    await enter('/');
    await page.getByText('Refused till midnight, UTC').waitFor();
    const busyBees = page.getByRole('definition').getByRole('link', { name: 'Busy Bees' });
    await busyBees.waitFor();
    await page.getByText('3 refused today', { exact: true }).waitFor();
    const figures = page.locator('dl', { hasText: 'Refused this month' });
    expect(await figures.innerText()).toMatch(/Refused this month\s+3\s+Refused today\s+3/);
    const times = page.locator('dl', { hasText: 'In the pool: half within' });
    expect(await times.innerText()).toMatch(
      /half within\s+[\d.]+ m?s\s+In the pool: 95 of 100 within\s+[\d.]+ m?s \(of \d+\)/,
    );
    await takePicture(page, 'admin-dashboard');
    await busyBees.click();
    await page.getByText('Refused in 30 days', { exact: true }).waitFor();
    const usage = page.locator('dl', { hasText: 'Refused in 30 days' });
    await expect.poll(() => usage.innerText()).toMatch(/Refused today\s+3[^]*Refused in 30 days\s+3/);
    await expectAccessible(page);
    await lookAt(page, 'admin-usage');
    expect(visitor.complaints()).toEqual([]);
  });

  test('tenants are found by filters in the address, and made', async () => {
    await enter('/tenants?status=SUSPENDED');
    await page.getByText('Nothing matches').waitFor();
    await expectAccessible(page);
    await button('All tenants').click();
    await page.getByLabel('Workspace name begins with').fill(company.slug);
    await page.getByRole('link', { name: 'Harbour Books' }).waitFor();
    await expect.poll(() => page.url()).toContain(`slug=${company.slug}`);

    await button('Create tenant').click();
    await button('Create tenant').last().click();
    await page.getByLabel('Company').fill('Corner Bakery');
    await page.getByLabel('Workspace name', { exact: true }).fill(company.slug);
    await page.getByLabel('Administrator').fill('Bea Baker');
    await page.getByLabel('E-mail address').fill('bea@bakery.example');
    await button('Create tenant').last().click();
    await page.getByText(/taken/).first().waitFor();
    await expectAccessible(page);
    await page.getByLabel('Workspace name', { exact: true }).fill('corner-bakery');
    await button('Create tenant').last().click();
    await heading('Corner Bakery').waitFor();
    await page.getByText('Active', { exact: true }).waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test('a tenant is suspended and activated; what others do shows by itself', async () => {
    await enter(tenantPage());
    await heading('Harbour Books').waitFor();
    await button('Suspend').click();
    await page.getByText('every call of its people is refused').waitFor();
    await page.getByLabel('Reason').fill('The bill is not paid');
    await expectAccessible(page);
    await button('Suspend').last().click();
    await page.getByText('Suspended', { exact: true }).waitFor();
    const { errors } = await shopOf(scene.outputs, company.admin).ask('{ me { id } }');
    expect(errors).toHaveLength(1);
    await operate('activateTenant', {});
    await page.getByText('Active', { exact: true }).waitFor();
    await operate('suspendTenant', {});
    await button('Activate').click();
    await page.getByText('Active', { exact: true }).waitFor();

    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByText('reason: The bill is not paid').waitFor();
    await expectAccessible(page);
    expect(visitor.complaints()).toEqual([]);
  });

  test('its tier and limits change, and it can leave and come back', async () => {
    await enter(tenantPage());
    await button('Change tier').click();
    await page.getByText('Standard').click();
    await page.getByText('Requests a day: 1,000 → 3,000').waitFor();
    await expectAccessible(page);
    await button('Change tier').last().click();
    await page.getByText(`${company.slug} · Standard`).waitFor();

    await button('Set limits').click();
    await page.getByText('Its own', { exact: true }).click();
    await page.getByLabel('Burst').fill('none');
    await button('Set limits').last().click();
    await page.getByText('Enter a whole number above zero.').waitFor();
    await page.getByLabel('Burst').fill('77');
    await expectAccessible(page);
    await button('Set limits').last().click();
    await page.getByText('77', { exact: true }).waitFor();

    await button('Offboard').click();
    await page.getByLabel(`Type ${company.slug} to confirm`).fill('another');
    expect(await button('Offboard').last().isDisabled()).toBe(true);
    await page.getByLabel(`Type ${company.slug} to confirm`).fill(company.slug);
    await expectAccessible(page);
    await button('Offboard').last().click();
    await page.getByText('Removal begins').waitFor();
    await button('Cancel offboarding').click();
    await page.getByText('Active', { exact: true }).waitFor();
    await button('From a shell').click();
    await page.getByText(/curl -s .*suspendTenant/).waitFor();
    await expectAccessible(page);
    expect(visitor.complaints()).toEqual([]);
  });

  test('it moves to a stack of its own, and back when that is reverted', async () => {
    const moving = await aCompany(scene.outputs, { companyName: 'Summit Travel', tier: 'PREMIUM' });
    await enter(`/tenants/${moving.tenantId}`);
    await button('Change tier').click();
    await page.getByRole('radio', { name: /Platinum/ }).click();
    await page.getByText('move to a stack of its own while its people work').waitFor();
    await expectAccessible(page);
    await button('Change tier').last().click();
    // What is made for it is on its page before it is there.
    await page.getByText('Running', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Stack and runs' }).click();
    await heading(`cotenant-tenant-${moving.tenantId}`).waitFor();
    await page.getByText('Provision to').first().waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await button('Confirm move').waitFor({ timeout: 110_000 });
    await page.getByText('Waiting for confirmation').waitFor();
    await page.getByText('A stack of its own').waitFor();
    await takePicture(page, 'admin-move');
    await button('Revert move').click();
    await page.getByText('In the pool', { exact: true }).waitFor({ timeout: 110_000 });
    await page.getByText('Reverted', { exact: true }).waitFor({ timeout: 110_000 });
    expect(await button('Revert move').count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  }, 300_000);

  test('its users, use and stack are in tabs of their own', async () => {
    await enter(`${tenantPage()}?tab=users`);
    await button('Invite').click();
    await page.getByLabel('Name').fill('Uma User');
    await page.getByLabel('E-mail address').fill('uma@harbour.example');
    await button('Send invitation').click();
    await page.getByText('uma@harbour.example').waitFor();
    await button('Actions for Uma User').click();
    await page.getByRole('menuitem', { name: 'Send invitation again' }).click();
    await page.getByText('The invitation of Uma User is sent again.').waitFor();
    await button('Actions for Uma User').click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByText('Disabled', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Usage' }).click();
    await heading('The last 30 days').waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Stack and runs' }).click();
    await page.getByRole('heading', { name: /^cotenant-/ }).waitFor();
    await page.getByText('Provision to').first().waitFor();
    await expectAccessible(page);
    expect(visitor.complaints()).toEqual([]);
  });

  test('two tenants are refused what is the other’s', async () => {
    const other = await aCompany(scene.outputs);
    for (const each of [company, other]) await shopOf(scene.outputs, each.admin).stock();
    await enter('/isolation');
    await button('Try them').click();
    await page.getByText('(5 of 5 refused)').waitFor();
    for (const { slug, admin } of [company, other]) {
      await button('Sign in a tenant’s user').click();
      await page.getByLabel('Workspace').fill(slug);
      await signInWith(page, admin.email, admin.password);
      await button(`Forget ${admin.email}`).waitFor();
    }
    // Nothing of theirs is kept in the browser.
    const kept = await page.evaluate('Object.keys(localStorage).join()');
    expect(kept).toContain(scene.outputs.controlPlane.userPoolClientId);
    expect(kept).not.toContain(scene.outputs.pooled.userPoolClientId);
    await button('Try them').last().click();
    await page.getByText('(12 of 12 refused)').waitFor();
    await expectAccessible(page);
    await takePicture(page, 'admin-isolation');
    // A page that is refused says so in the console, by itself.
    expect(visitor.complaints([/status of 401/])).toEqual([]);
  });

  test('customer support sees everything and changes nothing', async () => {
    await enter(tenantPage(), await aSupporter(scene.outputs, scene.operator));
    await heading('Harbour Books').waitFor();
    for (const name of ['Suspend', 'Set limits', 'Change tier', 'Offboard']) {
      expect(await button(name).getAttribute('aria-disabled')).toBe('true');
    }
    await button('Suspend').hover();
    await page.getByRole('tooltip').getByText('Your role reads only').waitFor();
    expect(await page.getByRole('link', { name: 'Operators' }).count()).toBe(0);
    await expectAccessible(page);
    await page.goto(at('/operators'));
    await page.getByText('This is not for your role').waitFor();
    await page.goto(at('/isolation'));
    await button('Try them').click();
    await page.getByText('(6 of 6 refused)').waitFor();
  });

  test('the command palette leads to pages, tenants and actions by the keyboard alone', async () => {
    await enter('/');
    await heading('Dashboard').waitFor();
    await openPalette(page);
    await page.keyboard.type('harbour');
    await page.getByRole('option', { name: /Harbour Books/ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await heading('Harbour Books').waitFor();
    await openPalette(page);
    await page.keyboard.type('operators');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Operators/ }).waitFor();
    await expectAccessible(page);
    await page.goBack();
    await heading('Harbour Books').waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test('is in place on a narrow screen and in the dark', async () => {
    await enter('/');
    await button('Show in dark colours').click();
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 800 });
    for (const path of ['/', '/tenants', '/isolation', `/tenants/${company.tenantId}`]) {
      await page.goto(at(path));
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    }
    await takePicture(page, 'admin-narrow-dark');
    await page.goto(at('/nowhere'));
    await page.getByText('There is nothing here').waitFor();
    expect(visitor.complaints()).toEqual([]);
  });
});
