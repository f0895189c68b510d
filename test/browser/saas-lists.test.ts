import type { Page, Route } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company } from '../support/given.ts';
import { mutate } from '../support/mutate.ts';
import { shopOf } from '../support/shop.ts';
import { chromiumPath } from './support/chromium.ts';
import { openScene } from './support/open-scene.ts';
import { enterShop } from './support/enter-shop.ts';
import { expectAccessible, lookAt, type Visitor } from './support/visitor.ts';

let company: Company;
let visitor: Visitor;
let page: Page;

/** More than a page of 50 holds. */
describe.skipIf(chromiumPath === undefined)('a shop with long lists', () => {
  const scene = openScene();
  beforeEach(async () => {
    company = await aCompany(scene.outputs, { tier: 'PREMIUM' });
    ({ page, visitor } = scene);
  });

  const shop = () => shopOf(scene.outputs, company.admin);
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  /** Answers a document of the app's in the API's place. */
  async function answer(document: string, how: (route: Route) => Promise<void>): Promise<void> {
    await page.route('**/graphql/**', (route) =>
      (route.request().postData() ?? '').includes(document) ? how(route) : route.continue(),
    );
  }
  const refusal = (errorType: string, errorInfo: object = {}) => ({
    headers: { 'x-amzn-requestid': 'request-4711', 'access-control-expose-headers': 'x-amzn-requestid' },
    json: { data: null, errors: [{ errorType, message: 'Not now.', errorInfo }] },
  });
  const quota = () => refusal('QuotaExceeded', { resetsAt: new Date(Date.now() + 600_000).toISOString() });
  const figure = (name: string) =>
    page
      .locator('dt')
      .filter({ has: page.getByText(name, { exact: true }) })
      .locator('xpath=following-sibling::dd');

  /** `Lamp 01` to `Lamp 60`; answers the name of one that the first page of the list does not hold. */
  async function stockMany(count: number): Promise<string> {
    for (let lamp = 1; lamp <= count; lamp += 1)
      await shop().stock({ sku: `LAMP-${lamp}`, name: `Lamp ${String(lamp).padStart(2, '0')}`, stock: 10 });
    const query = '{ products(first: 50) { edges { node { name } } } }';
    const { data } = await shop().ask<{ products: { edges: { node: { name: string } }[] } }>(query);
    const first = new Set(data?.products.edges.map(({ node }) => node.name));
    const beyond = Array.from({ length: count }, (_, lamp) => `Lamp ${String(lamp + 1).padStart(2, '0')}`);
    return beyond.find((name) => !first.has(name)) ?? 'none';
  }

  test('counts every order of the day on its dashboard, those of others as they are placed', async () => {
    const { id } = await shop().stock({ stock: 1000 });
    for (let order = 1; order <= 120; order += 1) await shop().place(id);
    await enterShop(page, scene.outputs, company);
    await figure('Orders today').getByText('120', { exact: true }).waitFor();
    await figure('Revenue today').getByText('US$1,200.00', { exact: true }).waitFor();
    await figure('Open orders, 14 days').getByText('120', { exact: true }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await shop().place(id, 5);
    await figure('Orders today').getByText('121', { exact: true }).waitFor();
    await figure('Revenue today').getByText('US$1,250.00', { exact: true }).waitFor();

    // As if there were ever more of them.
    await answer('query Orders(', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { data: { orders: { pageInfo: { hasNextPage: boolean } } } };
      body.data.orders.pageInfo.hasNextPage = true;
      await route.fulfill({ response, json: body });
    });
    await page.reload();
    await page.getByText('The last 14 days; 1,000 orders were counted, and there are more').waitFor();
    await figure('Orders today')
      .getByText(/^[\d,]+\+$/)
      .waitFor();
    await expectAccessible(page);
    expect(visitor.complaints()).toEqual([]);
  }, 240_000);

  test('orders what is far down its list of products, by name and by scrolling', async () => {
    const beyond = await stockMany(60);
    await enterShop(page, scene.outputs, company);
    await page.goto(scene.at('saas', '/orders/new'));
    const options = page.getByRole('option');
    await page.getByRole('button', { name: /Product 1/ }).click();
    await options.first().waitFor();
    expect(await options.filter({ hasText: beyond }).count()).toBe(0);
    await page.getByLabel('Find a product').fill(beyond.toUpperCase());
    await options.filter({ hasText: beyond }).click();
    await page.getByText('Total US$10.00').waitFor();
    await button('Another product').click();
    await page.getByRole('button', { name: /Product 2/ }).click();
    await expect
      .poll(async () => {
        await options.last().scrollIntoViewIfNeeded();
        return await options.count();
      })
      .toBe(60);
    await expectAccessible(page);
    // One line a product.
    expect(await options.filter({ hasText: beyond }).getAttribute('aria-disabled')).toBe('true');
    await options.filter({ hasText: beyond === 'Lamp 01' ? 'Lamp 02' : 'Lamp 01' }).click();
    await page.getByText('Total US$20.00').waitFor();
    await button('Place order').click();
    await page.getByRole('heading', { name: /^Order / }).waitFor();
    await page.getByRole('rowheader', { name: beyond }).waitFor();
    expect(visitor.complaints()).toEqual([]);
  }, 240_000);

  test('is not taken for an empty one where its products cannot be read', async () => {
    await shop().stock();
    await enterShop(page, scene.outputs, company);
    await answer('query Products(', (route) => route.fulfill(quota()));
    await page.goto(scene.at('saas', '/orders/new'));
    await page.getByText('The quota is used up').waitFor();
    expect(await page.getByText('Nothing to order yet').count()).toBe(0);
  });

  test('keeps a list that could not be read on, says why, and goes on where it was', async () => {
    await stockMany(55);
    await enterShop(page, scene.outputs, company);
    await page.getByRole('link', { name: 'Products', exact: true }).first().click();
    await page.getByText('(50+)').waitFor();
    await answer('query Products(', (route) => route.fulfill(refusal('DynamoDB:DynamoDbException')));
    await button('Show more').click();
    const alert = page.getByRole('alert').filter({ hasText: 'Something went wrong' });
    await alert.getByText('DynamoDB:DynamoDbException · request request-4711').waitFor();
    await page.getByText('(50+)').waitFor();
    await expectAccessible(page);
    await lookAt(page, 'saas-list-error');
    await page.unroute('**/graphql/**');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('(55)').waitFor();
    expect(await alert.count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  }, 240_000);

  test('reads on by itself where a filter finds nothing in the first pages, and says so when it stops', async () => {
    await enterShop(page, scene.outputs, company);
    const found = {
      ...{ id: 'far', number: 'SO-FAR', status: 'PAID', total: 100, version: 1, lines: [], createdBy: 'u' },
      ...{ createdAt: new Date().toISOString(), updatedAt: new Date().toISOString() },
    };
    let foundOn = 4;
    let last = 0;
    await answer('query Orders(', (route) => {
      const { variables } = route.request().postDataJSON() as { variables: { after?: string } };
      const place = Number(variables.after ?? 0) + 1;
      last = Math.max(last, place);
      const edges = place === foundOn ? [{ node: found }] : [];
      const pageInfo = { hasNextPage: place !== foundOn, endCursor: String(place) };
      return route.fulfill({ json: { data: { orders: { edges, pageInfo } } } });
    });
    await page.goto(scene.at('saas', '/orders?status=PAID'));
    await page.getByRole('link', { name: 'SO-FAR' }).waitFor();
    expect(last).toBe(4);

    [last, foundOn] = [0, 12];
    await page.goto(scene.at('saas', '/orders?status=SHIPPED'));
    await page.getByText('No order is shipped so far. There are more, which were not looked through yet.').waitFor();
    expect(last).toBe(10);
    await expectAccessible(page);
    await button('Show more').click();
    await page.getByRole('link', { name: 'SO-FAR' }).waitFor();
    expect(last).toBe(12);
    expect(visitor.complaints()).toEqual([]);
  });

  test('shows every colleague', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `Colleague ${String(index + 1).padStart(2, '0')}`);
    for (const [index, name] of names.entries()) {
      const input = { email: `c${index}@${company.slug}.example`, name, role: 'TENANT_USER' };
      const { userErrors } = await mutate(shop().target, 'createUser', input, '__typename');
      expect(userErrors).toEqual([]);
    }
    await enterShop(page, scene.outputs, company);
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await page.getByText('(50+)').waitFor();
    await expectAccessible(page);
    await button('Show more').click();
    await page.getByText('(52)').waitFor();
    for (const name of names) expect(await page.getByRole('rowheader', { name }).count(), name).toBe(1);
    expect(visitor.complaints()).toEqual([]);
  }, 240_000);

  test('tells of an action that was refused what it tells of a page: why, what to do, and for how long', async () => {
    const { id } = await shop().stock({ stock: 5 });
    const order = await shop().place(id);
    await enterShop(page, scene.outputs, company);
    await page.goto(scene.at('saas', `/orders/${order.id}`));
    await answer('mutation CancelOrder(', (route) => route.fulfill(quota()));
    await button('Cancel order').click();
    const notice = page.getByRole('status').filter({ hasText: 'The quota is used up' });
    await notice.getByText('QuotaExceeded · request request-4711').waitFor();
    await notice.getByText('It starts anew at the time shown; a larger tier has a larger quota.').waitFor();
    await notice.getByRole('timer').waitFor();
    await expectAccessible(page);
    await lookAt(page, 'saas-action-refused');
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'detached' });
    expect(visitor.complaints()).toEqual([]);
  });

  test('says that it is read, and claims nothing before it is', async () => {
    const { id } = await shop().stock({ name: 'Oak chair', stock: 5 });
    const order = await shop().place(id);
    let go = (): void => undefined;
    const begin = async (document: string): Promise<void> => {
      await page.unroute('**/graphql/**');
      const read = new Promise<void>((resolve) => (go = resolve));
      await answer(document, async (route) => {
        await read;
        await route.continue();
      });
    };
    await enterShop(page, scene.outputs, company);
    const waiting = page.getByRole('status').filter({ hasText: 'Reading' });

    await begin('query Order(');
    await page.goto(scene.at('saas', `/orders/${order.id}`));
    await page.getByRole('heading', { name: 'Order', exact: true }).waitFor();
    await waiting.waitFor();
    go();
    await page.getByRole('heading', { name: `Order ${order.number}` }).waitFor();

    await begin('query Products(');
    await page.goto(scene.at('saas', '/'));
    await waiting.waitFor();
    await figure('Products').getByText('–').waitFor();
    await figure('Orders today').getByText('1', { exact: true }).waitFor();
    expect(await page.getByText('Everything is well in stock.').count()).toBe(0);
    await expectAccessible(page);
    go();
    await page.getByText('Oak chair').waitFor();

    await begin('query TenantRouting(');
    await page.goto(scene.at('saas', '/products'));
    await page.getByText('Opening your workspace').waitFor();
    await expectAccessible(page);
    go();
    await page.getByRole('link', { name: 'Oak chair' }).waitFor();
    expect(await waiting.count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  });
});
