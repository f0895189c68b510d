import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company } from '../support/given.ts';
import { type Shop, shopOf } from '../support/shop.ts';
import { chromiumPath } from './support/chromium.ts';
import { type AppName, openScene, wide } from './support/open-scene.ts';
import { enterShop } from './support/enter-shop.ts';
import { expectAccessible, lookAt, takePicture, type Visitor } from './support/visitor.ts';

let company: Company;
let visitor: Visitor;
let page: Page;
let ids: Readonly<Record<'tenant' | 'product' | 'order', string>>;

const narrow = { width: 400, height: 850 };

/** Pages that the docs show. */
const pictures: Readonly<Record<string, string>> = {
  'saas /': 'saas-dashboard',
  'saas /products': 'saas-products',
};

/** A shop with something in it, and one long name. */
async function trade(shop: Shop): Promise<Readonly<Record<'product' | 'order', string>>> {
  const goods = [
    ['ATLAS-1', 'An atlas of every lighthouse between Trondheim and Gibraltar', 'Books', 5900, 12],
    ['CHART-7', 'Tide chart, North Sea', 'Charts', 1450, 40],
    ['LAMP-2', 'Brass reading lamp', 'Light', 8900, 6],
    ['LOG-1', 'Logbook, linen', 'Paper', 2200, 3],
    ['PEN-4', 'Fountain pen', 'Paper', 4750, 25],
  ] as const;
  const ordered: { product: string; order: string }[] = [];
  for (const [sku, name, category, price, stock] of goods) {
    const { id } = await shop.stock({ sku, name, category, price, stock });
    ordered.push({ product: id, order: (await shop.place(id, 2)).id });
  }
  const [first] = ordered;
  if (!first) throw new Error('Nothing was ordered');
  return first;
}

/** Each page is in place in both themes, on a wide screen and on a narrow one. */
describe.skipIf(chromiumPath === undefined)('every page', () => {
  const scene = openScene({ viewport: wide });
  beforeAll(async () => {
    company = await aCompany(scene.outputs, { companyName: 'Harbour Books', slug: 'harbour-books' });
    ids = { tenant: company.tenantId, ...(await trade(shopOf(scene.outputs, company.admin))) };
  }, 240_000);
  beforeEach(() => {
    ({ page, visitor } = scene);
  });

  /** In light on a wide screen, then in dark on a narrow one, as when someone turns their tablet at night. */
  async function inPlace(app: AppName, path: string, picture?: string): Promise<void> {
    await page.setViewportSize(wide);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(scene.at(app, path));
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
    const name = `every-${app}${path.replaceAll(/[^a-z]+/g, '-')}`;
    if (picture !== undefined) await takePicture(page, picture);
    await isWell(name, wide.width);
    await page.setViewportSize(narrow);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-theme="dark"]').waitFor();
    await isWell(`${name}-narrow`, narrow.width);
  }

  async function isWell(name: string, width: number): Promise<void> {
    await lookAt(page, name);
    expect(await page.getByRole('heading', { level: 1 }).count(), `titles of ${name}`).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth'), `width of ${name}`).toBeLessThanOrEqual(width);
    // GraphiQL's own row of tabs holds what may not be in one.
    await expectAccessible(page, '.graphiql-tabs');
  }

  /** And the navigation leads to none but these. */
  async function allInPlace(app: AppName, paths: readonly string[]): Promise<void> {
    const links = (await page.evaluate(
      'Array.from(document.querySelectorAll("nav a[href]"), (link) => link.getAttribute("href"))',
    )) as string[];
    expect(paths).toEqual(expect.arrayContaining(links.filter((href) => href.startsWith('/'))));
    for (const path of paths) await inPlace(app, path, pictures[`${app} ${path}`]);
    expect(visitor.complaints()).toEqual([]);
  }

  test('of the SaaS app', async () => {
    await enterShop(page, scene.outputs, company);
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
    await scene.enterConsole('/');
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

  test('comes with headers that forbid what no page of ours does, and the browser keeps to them', async () => {
    for (const app of ['landing', 'saas', 'admin'] as const) {
      const headers = (await page.goto(scene.at(app, '/')))?.headers() ?? {};
      const policy = headers['content-security-policy'] ?? '';
      const rules = new Map(
        policy.split('; ').map((rule) => [rule.split(' ', 1)[0], rule.split(' ').slice(1).join(' ')]),
      );
      expect(Object.fromEntries(rules), app).toMatchObject({
        ...{ 'default-src': "'none'", 'script-src': "'self'", 'base-uri': "'none'", 'frame-ancestors': "'none'" },
      });
      expect(headers, app).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'strict-transport-security': expect.stringContaining('max-age=') as string,
      });
      await page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.inlineRan = true' }))",
      );
      expect(await page.evaluate('window.inlineRan'), app).toBeUndefined();
    }
    expect(visitor.complaints([/Content Security Policy/])).toEqual([]);
  }, 120_000);

  test('says that it waits, and of an error its code, its request and a way on', async () => {
    await enterShop(page, scene.outputs, company);
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const isList = (text: string | null): boolean => /\bproducts\(/.test(text ?? '');
    await page.route('**/graphql/**', async (route) => {
      if (!isList(route.request().postData())) return await route.continue();
      await asked;
      await route.fulfill({
        headers: { 'x-amzn-requestid': 'request-4711', 'access-control-expose-headers': 'x-amzn-requestid' },
        json: { data: null, errors: [{ message: 'The engine is away.', errorType: 'DynamoDB:DynamoDbException' }] },
      });
    });
    await page.goto(scene.at('saas', '/products'));
    await page.getByText('Reading your products').waitFor();
    answer();
    const alert = page.getByRole('alert').filter({ hasText: 'Something went wrong' });
    await alert.getByText('DynamoDB:DynamoDbException · request request-4711').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Products']);
    await lookAt(page, 'saas-error');
    await expectAccessible(page);
    await page.unroute('**/graphql/**');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Brass reading lamp').waitFor();
    expect(await alert.count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  }, 120_000);

  test('that nobody is signed in for', async () => {
    for (const app of ['landing', 'saas', 'admin'] as const) await inPlace(app, '/');
    await inPlace('saas', `/?workspace=${company.slug}`);
    expect(visitor.complaints()).toEqual([]);
  }, 120_000);
});
