import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company } from '../support/given.ts';
import { shopOf } from '../support/shop.ts';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';
import { chromiumPath, launchChromium } from './support/chromium.ts';
import { enterShop } from './support/enter-shop.ts';
import { signInWith } from './support/sign-in.ts';
import { aVisitor, expectAccessible, lookAt, type Visitor } from './support/visitor.ts';

let cotenant: Cotenant;
let browser: Browser;
let company: Company;
let visitor: Visitor;
let page: Page;
let ids: Readonly<Record<'tenant' | 'product' | 'order', string>>;

const narrow = { width: 400, height: 850 };
const wide = { width: 1360, height: 850 };

/** Each page is in place in both themes, on a wide screen and on a narrow one. */
describe.skipIf(chromiumPath === undefined)('every page', () => {
  beforeAll(async () => {
    [cotenant, browser] = await Promise.all([startCotenant({ apps: true }), launchChromium()]);
    company = await aCompany(cotenant.outputs, { companyName: 'Harbour Books' });
    const shop = shopOf(cotenant.outputs, company.admin);
    const product = await shop.stock({ name: 'An atlas of every lighthouse between Trondheim and Gibraltar' });
    ids = { tenant: company.tenantId, product: product.id, order: (await shop.place(product.id)).id };
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await cotenant.stop();
  });
  beforeEach(async () => {
    visitor = await aVisitor(browser, { viewport: wide });
    page = visitor.page;
  });
  afterEach(() => visitor.close());

  async function inPlace(app: string, path: string): Promise<void> {
    await page.goto(new URL(path, cotenant.outputs.apps[app]).href);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('heading', { level: 1 }).count(), `${path}: one title`).toBe(1);
    const { width } = page.viewportSize() ?? wide;
    expect(await page.evaluate('document.documentElement.scrollWidth'), `${path}: no wider`).toBeLessThanOrEqual(width);
    // GraphiQL's own row of tabs holds what may not be in one.
    await expectAccessible(page, '.graphiql-tabs');
    const name = path.replaceAll(/[^a-z]+/g, '-');
    await lookAt(page, `every${width === wide.width ? '' : '-narrow'}-${app}${name}`);
  }

  /** In light and wide, then in dark and narrow; and the navigation leads to none but these. */
  async function allInPlace(app: string, paths: readonly string[]): Promise<void> {
    const links = (await page.evaluate(
      'Array.from(document.querySelectorAll("nav a[href]"), (link) => link.getAttribute("href"))',
    )) as string[];
    expect(paths).toEqual(expect.arrayContaining(links.filter((href) => href.startsWith('/'))));
    for (const path of paths) await inPlace(app, path);
    await page.getByRole('button', { name: 'Show in dark colours' }).click();
    await page.setViewportSize(narrow);
    for (const path of paths) await inPlace(app, path);
    expect(visitor.complaints()).toEqual([]);
  }

  test('of the SaaS app', async () => {
    await enterShop(page, cotenant.outputs, company);
    await allInPlace('saas', [
      '/',
      '/products',
      '/products/new',
      `/products/${ids.product}`,
      '/orders',
      '/orders?status=CANCELLED',
      '/orders/new',
      `/orders/${ids.order}`,
      '/users',
      '/settings',
      '/products/none',
      '/nowhere',
    ]);
  }, 240_000);

  test('of the operators’ console', async () => {
    await page.goto(cotenant.outputs.apps['admin'] ?? '');
    await signInWith(page, cotenant.outputs.operator.email, cotenant.outputs.operator.password);
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await allInPlace('admin', [
      '/',
      '/tenants',
      ...['overview', 'timeline', 'users', 'usage', 'stack'].map((tab) => `/tenants/${ids.tenant}?tab=${tab}`),
      '/tenants/none',
      '/stacks',
      '/stacks/pooled',
      '/rollouts',
      '/rollouts/none',
      '/operators',
      '/audit',
      '/console',
      '/isolation',
      '/nowhere',
    ]);
  }, 240_000);

  test('that nobody is signed in for', async () => {
    for (const size of [wide, narrow]) {
      await page.setViewportSize(size);
      for (const app of ['landing', 'saas', 'admin']) await inPlace(app, '/');
      await inPlace('saas', `/?workspace=${company.slug}`);
      await page.emulateMedia({ colorScheme: 'dark' });
    }
    expect(visitor.complaints()).toEqual([]);
  }, 120_000);
});
