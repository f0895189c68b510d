import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company, type Person } from '../support/given.ts';
import { aColleague } from '../support/people.ts';
import { shopOf } from '../support/shop.ts';
import { chromiumPath } from './support/chromium.ts';
import { openScene, wide } from './support/open-scene.ts';
import { expectAccessible, takePicture, type Visitor } from './support/visitor.ts';

let company: Company;
let visitor: Visitor;
let page: Page;

const suspension = `mutation Suspend($input: SuspendTenantInput!) {
  suspendTenant(input: $input) {
    tenant {
      status
    }
    userErrors {
      code
    }
  }
}`;

describe.skipIf(chromiumPath === undefined)('the GraphQL console', () => {
  const scene = openScene({ viewport: wide });
  beforeAll(async () => {
    company = await aCompany(scene.outputs, { companyName: 'Harbour Books' });
  }, 240_000);
  beforeEach(() => {
    ({ page, visitor } = scene);
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const answer = () => page.locator('.graphiql-response');
  const execute = () => page.getByRole('button', { name: /^Execute query/ }).click();
  const dialog = () => page.getByRole('dialog');

  /** Signs the operator in at an address of the console, which leads on to it. */
  async function enter(search: Readonly<Record<string, string>> = {}): Promise<void> {
    await scene.enterConsole(`/console?${new URLSearchParams(search).toString()}`);
    await page.locator('.graphiql-query-editor .CodeMirror').waitFor();
  }

  /** Puts another operation in place of the editor's. */
  async function type(text: string): Promise<void> {
    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
    // GraphiQL tells of an edit a tenth of a second after the last one.
    await page.waitForTimeout(400);
  }

  async function enterTenant({ email, password }: Person): Promise<void> {
    await dialog().getByLabel('E-mail address').fill(email);
    await dialog().getByLabel('Password').fill(password);
    await dialog().getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
  }

  test('runs queries, and keeps them till they are deleted', async () => {
    await enter();
    await page.locator('.graphiql-query-editor').getByText('ActiveTenants').waitFor();
    await execute();
    await answer().getByText(`"${company.slug}"`).waitFor();
    await expectAccessible(page, '.graphiql-tabs');
    await takePicture(page, 'admin-console');

    await type('query Mine { tiers { tier } }');
    await button('Save').click();
    await page.getByLabel('Name', { exact: true }).fill('Mine');
    await button('Save').last().click();
    await page.reload();
    await page.locator('.graphiql-query-editor').getByText('ActiveTenants').waitFor();
    await button('Open').click();
    await page.getByRole('menuitem', { name: 'Mine' }).click();
    await page.locator('.graphiql-query-editor').getByText('Mine').waitFor();
    await execute();
    await answer().getByText('"PLATINUM"').waitFor();
    await button('Delete').click();
    await page.getByRole('menuitem', { name: 'Mine' }).click();
    await button('Delete').waitFor({ state: 'detached' });
    expect(visitor.complaints()).toEqual([]);
  });

  test('shows a mutation, which a link opened, once more before it is sent', async () => {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes('suspendTenant(')) sent.push(request.url());
    });
    const variables = JSON.stringify({ input: { tenantId: company.tenantId, reason: 'By the console' } });
    await enter({ query: suspension, variables });
    await execute();
    await dialog().getByText('By the console').waitFor();
    await dialog().getByText(scene.operator.email).waitFor();
    await expectAccessible(page, '.graphiql-tabs');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await answer().getByText('Not sent').waitFor();
    expect(sent).toEqual([]);

    await execute();
    await dialog().getByRole('button', { name: 'Send' }).click();
    await answer().getByText('"SUSPENDED"').waitFor();
    expect(sent).toHaveLength(1);
    const { errors } = await shopOf(scene.outputs, company.admin).ask('{ me { id } }');
    expect(errors).toHaveLength(1);

    await type(`mutation { activateTenant(input: { tenantId: "${company.tenantId}" }) { tenant { status } } }`);
    await execute();
    await dialog().getByRole('button', { name: 'Send' }).click();
    await answer().getByText('"ACTIVE"').waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test('asks a tenant’s API as one of its people, from the tenant’s page', async () => {
    const colleague = await aColleague(scene.outputs, company, 'TENANT_USER');
    await scene.enterConsole(`/tenants/${company.tenantId}`);
    await page.getByRole('link', { name: 'Open in the console' }).click();
    await expect.poll(() => dialog().getByLabel('Workspace').inputValue()).toBe(company.slug);
    // The first empty field has the focus, and so its choices are shown.
    await page.getByRole('option', { name: /Cai Colleague · Tenant user/ }).waitFor();
    await expectAccessible(page, '.graphiql-tabs');
    await page.getByRole('option', { name: /Cai Colleague/ }).click();
    await enterTenant(colleague);
    await button(/API of .*, as tenant user/).waitFor();
    await execute();
    await answer().getByText('"TENANT_USER"').waitFor();
    await answer().getByText('"Harbour Books"').waitFor();

    await button('A tenant’s API').click();
    await enterTenant(company.admin);
    await button(/API of .*, as tenant admin/).waitFor();
    await execute();
    await answer().getByText('"TENANT_ADMIN"').waitFor();
    await button(/API of .*, as tenant admin/).click();
    await page.getByRole('option', { name: /Control plane, as anyone/ }).click();
    await type('{ tenants { edges { node { id } } } }');
    await execute();
    await answer()
      .getByText(/Not Authorized/)
      .waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test('hears what a tenant’s subscription says, till it is stopped', async () => {
    const shop = shopOf(scene.outputs, company.admin);
    await enter({ tenant: company.slug, query: 'subscription { onProductChanged { type product { name } } }' });
    await enterTenant(company.admin);
    await execute();
    const names = ['Lighthouse', 'Anchor'];
    // Until it is heard: when a subscription holds is not shown.
    await expect
      .poll(
        async () => {
          await shop.stock({ sku: `SKU-${Math.random()}`, name: names[0] });
          return await answer().getByText('"Lighthouse"').count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(1);
    await page.getByRole('button', { name: /^Stop query/ }).click();
    await shop.stock({ sku: 'SKU-LAST', name: names[1] });
    await page.waitForTimeout(1000);
    expect(await answer().getByText('"Anchor"').count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  });

  test('copies a link to what is in the editor', async () => {
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await enter();
    await type('query Linked($first: Int) { tenants(first: $first) { edges { node { id } } } }');
    await button('Copy link').click();
    await page.getByText('The link is copied.').waitFor();
    const link = new URL(await page.evaluate<string>('navigator.clipboard.readText()'));
    expect(link.origin).toBe(new URL(scene.at('admin')).origin);
    expect(link.pathname).toBe('/console');
    expect(link.searchParams.get('query')).toContain('query Linked($first: Int)');
    await page.goto(link.href);
    await page.locator('.graphiql-query-editor').getByText('Linked').waitFor();
    expect(visitor.complaints()).toEqual([]);
  });
});
