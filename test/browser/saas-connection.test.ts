import { beforeAll, describe, expect, test } from 'vitest';
import { aCompany, type Company } from '../support/given.ts';
import { shopOf } from '../support/shop.ts';
import { chromiumPath } from './support/chromium.ts';
import { openScene } from './support/open-scene.ts';
import { enterShop } from './support/enter-shop.ts';
import { expectAccessible, takePicture } from './support/visitor.ts';

/** What the browser says by itself of a server that is not there. */
const refused = [/WebSocket connection to/, /ERR_CONNECTION_REFUSED/, /ERR_INTERNET_DISCONNECTED/];

let company: Company;

describe.skipIf(chromiumPath === undefined)('the SaaS app without its server', () => {
  const scene = openScene({ restartable: true });
  beforeAll(async () => {
    company = await aCompany(scene.outputs, { tier: 'PREMIUM' });
  }, 240_000);

  const stock = (name: string) => shopOf(scene.outputs, company.admin).stock({ name });

  test('says that it is gone, keeps what was typed, and is live again by itself', async () => {
    const { page, complaints } = scene.visitor;
    await enterShop(page, scene.outputs, company);
    await page.getByRole('link', { name: 'Products', exact: true }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'New product' }).first().click();
    await page.getByLabel('Name').fill('Brass lamp');
    await page.getByLabel('SKU').fill('LAMP-1');
    await page.getByLabel('Price').fill('49.50');
    await page.getByLabel('Stock').fill('3');

    await scene.leave('kill');
    await page.getByText('The connection is interrupted').waitFor();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('The service could not be reached').waitFor();
    await expectAccessible(page);
    await takePicture(page, 'saas-interrupted');

    await scene.comeBack();
    await page.getByText('The connection is interrupted').waitFor({ state: 'detached' });
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Brass lamp');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('link', { name: 'Brass lamp' }).waitFor();
    await stock('Oak chair');
    await page.getByRole('link', { name: 'Oak chair' }).waitFor();
    expect(complaints(refused)).toEqual([]);
  }, 240_000);

  test('sends what was saved offline once it is online, and shows what others did meanwhile', async () => {
    const { page, context, complaints } = scene.visitor;
    await enterShop(page, scene.outputs, company);
    await page.getByRole('link', { name: 'Products', exact: true }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'New product' }).first().click();
    await context.setOffline(true);
    await page.getByText('You are offline').waitFor();
    await page.getByLabel('Name').fill('Wool rug');
    await page.getByLabel('SKU').fill('RUG-1');
    await page.getByLabel('Price').fill('120');
    await page.getByLabel('Stock').fill('2');
    await page.getByRole('button', { name: 'Create' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show in dark colours' }).click();
    await page.setViewportSize({ width: 400, height: 800 });
    await takePicture(page, 'saas-offline-narrow-dark');
    await stock('Teapot');
    await context.setOffline(false);
    await page.getByRole('link', { name: 'Wool rug' }).waitFor();
    await page.getByRole('link', { name: 'Teapot' }).waitFor();
    await page.getByText('You are offline').waitFor({ state: 'detached' });
    expect(complaints(refused)).toEqual([]);
  });
});
