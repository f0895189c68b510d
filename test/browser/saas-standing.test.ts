import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company, temporaryPassword } from '../support/given.ts';
import { aSilo, siloPatience } from '../support/provisioning.ts';
import { shopOf } from '../support/shop.ts';
import { chromiumPath } from './support/chromium.ts';
import { openScene } from './support/open-scene.ts';
import { enterShop, signInToShop } from './support/enter-shop.ts';
import { signInWith } from './support/sign-in.ts';
import { expectAccessible, takePicture, type Visitor } from './support/visitor.ts';

/** The API's denial, and the pool's of another token: the browser says both in the console by itself. */
const refused = [/status of 40[01]/];

let company: Company;
let visitor: Visitor;
let page: Page;

describe.skipIf(chromiumPath === undefined)('a workspace that refuses its people', () => {
  const scene = openScene();
  beforeEach(async () => {
    company = await aCompany(scene.outputs, { tier: 'PREMIUM' });
    ({ page, visitor } = scene);
  });

  const operate = (field: string, input: object = {}): Promise<void> =>
    scene.operate(field, { tenantId: company.tenantId, ...input });

  /** Signs in; the API is first asked when what is answered here has been done, so that AppSync has no answer of its authorizer's. */
  async function signInAndMeanwhile(change: () => Promise<void>): Promise<void> {
    let go = (): void => undefined;
    const changed = new Promise<void>((resolve) => (go = resolve));
    let ask = (): void => undefined;
    const asked = new Promise<void>((resolve) => (ask = resolve));
    const { graphqlUrl, realtimeUrl } = scene.outputs.pooled;
    await page.route(graphqlUrl, async (route) => {
      if (route.request().method() === 'POST') ask();
      await changed;
      await route.continue();
    });
    await page.routeWebSocket(new RegExp(`^${realtimeUrl}`), (socket) => socket.close());
    await signInToShop(page, scene.outputs, company);
    await asked;
    await change();
    go();
  }

  test('that is suspended says so calmly to whoever the authorizer denies, and lets them in once it is activated', async () => {
    await signInAndMeanwhile(() => operate('suspendTenant'));
    await page.getByText('This workspace is suspended').waitFor();
    await page.getByText('Ask whoever pays for it, or the support, to have it activated.').waitFor();
    await expectAccessible(page);
    await takePicture(page, 'saas-suspended');
    await page.getByRole('button', { name: 'Show in dark colours' }).click();
    await page.setViewportSize({ width: 400, height: 800 });
    await takePicture(page, 'saas-suspended-narrow-dark');
    await operate('activateTenant');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(visitor.complaints(refused)).toEqual([]);
  });

  test('that is suspended says so by itself on an open page, which is live again once it is activated', async () => {
    await enterShop(page, scene.outputs, company);
    await page.getByRole('link', { name: 'Products', exact: true }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    await operate('suspendTenant');
    await page.getByText('This workspace is suspended').waitFor();
    await operate('activateTenant');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No products yet').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await shopOf(scene.outputs, company.admin).stock({ name: 'Oak chair' });
    await page.getByRole('link', { name: 'Oak chair' }).waitFor();
    expect(visitor.complaints(refused)).toEqual([]);
  });

  test('that is closed says so at the sign-in too', async () => {
    await operate('offboardTenant', { confirmSlug: company.slug });
    await signInToShop(page, scene.outputs, company);
    await page.getByText('This workspace is closed. Ask the support').waitFor();
    await expectAccessible(page);
  });

  test(
    'with a stack of its own says that it is suspended to whose token has run out, and at its sign-in',
    async () => {
      company = await aSilo(scene.outputs);
      await enterShop(page, scene.outputs, company);
      await page.getByRole('link', { name: 'Products', exact: true }).click();
      await page.getByText('Live', { exact: true }).waitFor();
      await operate('suspendTenant');
      await page.getByText('This workspace is suspended').waitFor();
      // The pool is asked for another token, and gives none.
      await page.clock.setFixedTime(Date.now() + 2 * 3_600_000);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('Your sign-in is right, and gives no access now.').waitFor();
      await page.getByText('Ask whoever pays for it, or the support, to have it activated.').waitFor();
      expect(await page.getByText('Your workspace has moved').count()).toBe(0);
      await page.clock.setFixedTime(Date.now());
      await page
        .getByRole('button', { name: 'Ada Admin' })
        .or(page.getByRole('button', { name: 'Account' }))
        .click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      // A page that is left before Cognito has revoked the tokens is still signed in.
      await page.getByLabel('E-mail address').waitFor();
      await signInToShop(page, scene.outputs, company);
      await page.getByText('This workspace is suspended. Ask whoever pays for it').waitFor();

      await operate('activateTenant');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
      expect(visitor.complaints(refused)).toEqual([]);
    },
    2 * siloPatience,
  );

  test('that has moved leads to the sign-in where it is now', async () => {
    await enterShop(page, scene.outputs, company);
    await operate('setTenantTier', { tier: 'PLATINUM' });
    // People work on until the cut-over.
    await page.getByText('Your workspace has moved').waitFor({ timeout: 110_000 });
    await expectAccessible(page);
    await takePicture(page, 'saas-moved');
    const { email } = company.admin;
    await signInWith(page, email, await temporaryPassword(scene.outputs, email));
    await page.getByLabel('New password').fill(company.admin.password);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('A stack of its own').waitFor();
    expect(visitor.complaints(refused)).toEqual([]);
  }, 240_000);

  test('of another company, in the same pool, is opened by nobody who is signed in to this one', async () => {
    const other = await aCompany(scene.outputs, { tier: 'PREMIUM' });
    await shopOf(scene.outputs, company.admin).stock({ name: 'Oak chair' });
    await enterShop(page, scene.outputs, company);
    const tokens = (): Promise<unknown> =>
      page.evaluate('Object.keys(localStorage).filter((key) => /accessToken|refreshToken/.test(key)).length');
    expect(await tokens()).toBe(2);
    await page.goto(scene.at('saas', `/products?workspace=${other.slug}`));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByText(other.slug, { exact: true }).waitFor();
    expect(await tokens()).toBe(0);
    await signInWith(page, other.admin.email, other.admin.password);
    await page.getByText('No products yet').waitFor();
    await page.goto(scene.at('saas', `/products?workspace=${company.slug}`));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await tokens()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  });
});
