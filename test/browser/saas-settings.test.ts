import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { totpCode } from '../support/authenticator.ts';
import { aCompany, type Company, mailsTo } from '../support/given.ts';
import { shopOf } from '../support/shop.ts';
import { chromiumPath } from './support/chromium.ts';
import { openScene } from './support/open-scene.ts';
import { enterShop, signInToShop } from './support/enter-shop.ts';
import { signInWith } from './support/sign-in.ts';
import { expectAccessible, takePicture, type Visitor } from './support/visitor.ts';

/** The pool refuses what is wrong on purpose here, which the browser says in the console by itself. */
const refused = [/status of 400/];

let company: Company;
let visitor: Visitor;
let page: Page;

describe.skipIf(chromiumPath === undefined)('settings and ways in', () => {
  const scene = openScene();
  beforeEach(async () => {
    company = await aCompany(scene.outputs, { tier: 'STANDARD', companyName: 'Harbour Books' });
    ({ page, visitor } = scene);
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });

  /** What is shown now has its place on a narrow screen and in the dark. */
  async function narrowAndDark(picture: string): Promise<void> {
    await button('Show in dark colours').click();
    await expectAccessible(page);
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    await takePicture(page, picture, true);
  }

  async function openSettings(): Promise<void> {
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign-in in two steps' }).waitFor();
  }

  async function signOut(): Promise<void> {
    await button('Ada Admin').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  }

  test('say what the tier allows, what was used of it and what it refused, day by day', async () => {
    const shop = shopOf(scene.outputs, company.admin);
    for (const name of ['Lamp', 'Chair', 'Rug']) await shop.stock({ name });
    const { tenantId } = company;
    const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 3, requestsPerMonth: 1000 };
    await scene.operate('setTenantLimits', { tenantId, limits });
    for (let request = 0; request < 4; request += 1) await shop.ask('{ me { id } }');
    await scene.operate('setTenantLimits', { tenantId, limits: null });
    await enterShop(page, scene.outputs, company);
    await openSettings();
    await page.getByText('Standard', { exact: true }).waitFor();
    await page.getByText(/ of 3,000 requests; starts anew/).waitFor();
    const chart = page.getByRole('application', { name: 'Requests by day' }).or(page.getByLabel('Requests by day'));
    await chart.first().waitFor();
    await page.getByText('The last 30 days, of UTC; 4 were refused by the limits, 4 of them today').waitFor();
    for (const kind of ['Reads', 'Writes', 'Subscriptions', 'Refused'])
      await page.getByText(kind, { exact: true }).waitFor();
    await expectAccessible(page);
    await takePicture(page, 'saas-settings', true);
    await narrowAndDark('saas-settings-narrow-dark');
    expect(visitor.complaints()).toEqual([]);
  });

  test('an authenticator app is set up, asked for, and done without', async () => {
    const { email, password } = company.admin;
    await enterShop(page, scene.outputs, company);
    await openSettings();
    await page.getByText('Off', { exact: true }).waitFor();
    await button('Set up').click();
    const secret = (await page.getByText(/^[A-Z2-7]{32,}$/).innerText()).trim();
    expect(await page.getByRole('link', { name: 'open it in the app on this device' }).getAttribute('href')).toContain(
      `secret=${secret}`,
    );
    await expectAccessible(page);
    await takePicture(page, 'saas-authenticator', true);
    await page.getByLabel('Code').fill('12345');
    await button('Confirm').click();
    await page.getByText('Enter the six digits that your app shows.').waitFor();
    await page.getByLabel('Code').fill(anotherThan(totpCode(secret)));
    await button('Confirm').click();
    await page.getByText('This code is not right.').waitFor();
    await page.getByLabel('Code').fill(totpCode(secret));
    await button('Confirm').click();
    await page.getByText('On', { exact: true }).waitFor();

    await signOut();
    await signInWith(page, email, password);
    const code = page.getByLabel('Code of your authenticator app');
    await code.fill(anotherThan(totpCode(secret)));
    await expectAccessible(page);
    await button('Confirm').click();
    await page.getByText('This code is not right.').waitFor();
    // A code counts once, and that of this half-minute was used for the set-up; the next one's is taken already.
    await code.fill(totpCode(secret, Date.now() + 30_000));
    await button('Confirm').click();
    await page.getByRole('heading', { name: 'Sign-in in two steps' }).waitFor();

    await button('Turn off').click();
    await page.getByText('Off', { exact: true }).waitFor();
    await signOut();
    await signInWith(page, email, password);
    await page.getByRole('heading', { name: 'Sign-in in two steps' }).waitFor();
    expect(visitor.complaints(refused)).toEqual([]);
  });

  test('a forgotten password is replaced by a code from the inbox', async () => {
    const { email } = company.admin;
    const chosen = 'Another-Lamp-77!';
    await signInToShop(page, scene.outputs, { ...company, admin: { ...company.admin, password: 'Forgotten-1!' } });
    await page.getByText('do not go together').waitFor();
    await button('Forgot your password?').click();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(email);
    await button('Send a code').click();
    await page.getByText('a code is on its way there').waitFor();
    await expectAccessible(page);
    await takePicture(page, 'saas-forgotten-password');
    await page.getByLabel('Code').fill(anotherThan(await mailedCode(email)));
    await page.getByLabel('New password').fill(chosen);
    await button('Set password').click();
    await page.getByText('This code is not right.').waitFor();
    await page.getByLabel('Code').fill(await mailedCode(email));
    await page.getByLabel('New password').fill('weak');
    await button('Set password').click();
    await page.getByText(/did not conform with policy/).waitFor();
    await page.getByLabel('New password').fill(chosen);
    await button('Set password').click();
    await page.getByText('Your new password is set. Sign in with it.').waitFor();
    await signInWith(page, email, chosen);
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(visitor.complaints(refused)).toEqual([]);
  });

  const anotherThan = (code: string): string => String((Number(code) + 111_111) % 1_000_000).padStart(6, '0');

  async function mailedCode(email: string): Promise<string> {
    const [mail] = await mailsTo(scene.outputs, email);
    const code = /\b\d{6}\b/.exec(mail?.text ?? '')?.[0];
    if (code === undefined) throw new Error(`No code in the newest mail to ${email}: ${mail?.text ?? 'there is none'}`);
    return code;
  }
});
