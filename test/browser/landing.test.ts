import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { chosenPassword, temporaryPassword } from '../support/given.ts';
import { chromiumPath } from './support/chromium.ts';
import { openScene } from './support/open-scene.ts';
import { refuse, refusedRequest } from './support/meddle.ts';
import { choosePassword, signInWith } from './support/sign-in.ts';
import { expectAccessible, lookAt, takePicture, type Visitor } from './support/visitor.ts';

let visitor: Visitor;
let page: Page;
let count = 0;

describe.skipIf(chromiumPath === undefined)('the landing page', () => {
  const scene = openScene({ restartable: true });
  beforeEach(async () => {
    count += 1;
    ({ page, visitor } = scene);
    await page.goto(scene.at('landing'));
    await page.getByRole('button', { name: 'Choose Basic' }).waitFor();
  });

  const emailOf = (company: string): string => `ada@${company.toLowerCase()}.example`;

  async function signUp(company: string, slug?: string): Promise<void> {
    await page.getByLabel('Company').fill(company);
    if (slug !== undefined) await page.getByLabel('Workspace name').fill(slug);
    await page.getByLabel('Your name').fill('Ada Admin');
    await page.getByLabel('Your e-mail address').fill(emailOf(company));
    await page.getByRole('button', { name: 'Create workspace' }).click();
  }

  test.each(['Standard', 'Platinum'])('from the sign-up on the tier %s to the first order', async (tier) => {
    const company = `Bluebird${count}`;
    await page.getByRole('button', { name: `Choose ${tier}` }).click();
    await signUp(company);
    await page.getByRole('heading', { name: 'Your workspace is ready' }).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/Reserve the workspace name[\s\S]*\d (ms|s)$/)]),
    );
    await expectAccessible(page);
    await takePicture(page, `landing-onboarding${tier === 'Standard' ? '' : `-${tier.toLowerCase()}`}`);

    await page.getByRole('link', { name: 'Sign in' }).last().click();
    await signInWith(page, emailOf(company), await temporaryPassword(scene.outputs, emailOf(company)));
    await choosePassword(page, chosenPassword);
    await page.getByText(company).first().waitFor();

    await page.getByRole('link', { name: 'Products' }).first().click();
    await page.getByRole('button', { name: 'New product' }).first().click();
    await page.getByLabel('Name').fill('Field guide');
    await page.getByLabel('SKU').fill('GUIDE-1');
    await page.getByLabel('Price').fill('12.00');
    await page.getByLabel('Stock').fill('5');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('link', { name: 'Field guide' }).waitFor();
    await page.getByRole('link', { name: 'Orders' }).first().click();
    await page.getByRole('button', { name: 'New order' }).first().click();
    await page.getByRole('button', { name: /Product 1/ }).click();
    await page.getByRole('option', { name: /Field guide/ }).click();
    await page.getByLabel('Quantity 1').fill('2');
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByRole('heading', { name: /^Order / }).waitFor();
    await page.getByText('US$24.00').first().waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test('offers free names for one that is taken', async () => {
    await signUp(`First${count}`, `taken${count}`);
    await page.getByRole('heading', { name: 'Your workspace is ready' }).waitFor();
    await page.goBack();
    await signUp(`Second${count}`, `taken${count}`);
    await page.getByText('This name is taken.').waitFor();
    await page.getByRole('button', { name: `taken${count}-2` }).click();
    expect(await page.getByLabel('Workspace name').inputValue()).toBe(`taken${count}-2`);
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByRole('heading', { name: 'Your workspace is ready' }).waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test('says what is wrong with each field, beside it, and sends nothing', async () => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await page.getByLabel('Company').fill('Söhne & Töchter');
    expect(await page.getByLabel('Workspace name').inputValue()).toBe('sohne-tochter');
    await page.getByLabel('Workspace name').fill('No Spaces');
    await page.getByLabel('Your e-mail address').fill('nowhere');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByText('Lower-case letters, digits and single hyphens').waitFor();
    await page.getByText('Enter an e-mail address').waitFor();
    await page.getByText('Enter your name').waitFor();
    expect(await page.getByLabel('Workspace name').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.name')).toBe('slug');
    expect(sent.filter((body) => body.includes('registerTenant'))).toEqual([]);
    await expectAccessible(page);
  });

  test('who is too fast is told calmly when it goes on, and keeps what was typed', async () => {
    const busy = { errorType: 'TooManyRequests', errorInfo: { retryAfterMs: 90_000 } };
    const admit = await refuse(page, /registerTenant/, busy);
    await signUp(`Hasty${count}`);
    const notice = page.getByRole('status').filter({ hasText: 'One moment, please' });
    await notice.getByRole('timer').getByText('Goes on in 1 min').waitFor();
    await notice.getByText(`TooManyRequests · request ${refusedRequest}`).waitFor();
    expect(await notice.innerText()).not.toMatch(/workspace|tier|\.\./);
    await expectAccessible(page);
    await lookAt(page, 'landing-too-fast');
    await admit();
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByRole('heading', { name: 'Your workspace is ready' }).waitFor();
    expect(await notice.count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  });

  test('an error has its code, its request, and a way on', async () => {
    const mend = await refuse(page, /query (Tiers|Registration)\b/, { errorType: 'InternalFailure' });
    const alert = page.getByRole('alert').filter({ hasText: 'Something went wrong' });
    for (const path of ['/', '/onboarding/none']) {
      await page.goto(scene.at('landing', path));
      await alert.getByText(`InternalFailure · request ${refusedRequest}`).waitFor();
      await alert.getByText('It was refused here.').waitFor();
      await expectAccessible(page);
    }
    await mend();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'There is no such sign-up' }).waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test('shows why an onboarding failed and what to do', async () => {
    await page.route('**/graphql/**', async (route) => {
      if (!(route.request().postData() ?? '').includes('query Registration')) return await route.continue();
      const step = { status: 'FAILED', startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:00:01Z' };
      const registration = {
        ...{ id: 'x', companyName: 'Unlucky', slug: 'unlucky', tier: 'BASIC', status: 'FAILED' },
        ...{ failure: 'The invitation could not be sent', steps: [{ name: 'CREATE_ADMIN', ...step }] },
        ...{ createdAt: step.startedAt, updatedAt: step.finishedAt },
      };
      await route.fulfill({ json: { data: { registration } } });
    });
    await page.goto(scene.at('landing', '/onboarding/x'));
    await page.getByRole('heading', { name: 'could not be made' }).waitFor();
    await page.getByText('The invitation could not be sent').waitFor();
    await page.getByRole('button', { name: 'Sign up with other details' }).click();
    await page.getByLabel('Company').waitFor();
  });

  test('an onboarding that is not known says so', async () => {
    await page.goto(scene.at('landing', '/onboarding/none'));
    await page.getByRole('heading', { name: 'There is no such sign-up' }).waitFor();
  });

  test('goes on by itself when the server was away', async () => {
    await signUp(`Restart${count}`);
    await page.getByRole('heading', { name: 'Your workspace is ready' }).waitFor();
    await scene.leave('stop');
    await page.getByText('The connection is lost; trying again').waitFor();
    const reread = page.waitForResponse((response) => response.url().includes('/graphql/'), { timeout: 120_000 });
    await scene.comeBack();
    expect((await reread).status()).toBe(200);
    await page.getByText('The connection is lost').waitFor({ state: 'detached' });
    expect(visitor.complaints([/WebSocket connection|ERR_/])).toEqual([]);
  }, 240_000);

  test('is accessible and in place, light, dark and narrow', async () => {
    await expectAccessible(page);
    await takePicture(page, 'landing');
    await page.getByRole('button', { name: 'Change to dark colours' }).click();
    await expectAccessible(page);
    await takePicture(page, 'landing-dark', true);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await takePicture(page, 'landing-narrow', true);
    expect(visitor.complaints()).toEqual([]);
  });
});
