import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from './support/chromium.ts';
import { openScene, wide } from './support/open-scene.ts';
import { expectAccessible, type Visitor } from './support/visitor.ts';

const long = { timeout: 90_000 };

describe.skipIf(chromiumPath === undefined)('rollouts in the console', () => {
  const scene = openScene({ viewport: wide });
  let visitor: Visitor;
  let page: Page;

  beforeEach(async () => {
    ({ page, visitor } = scene);
    await scene.enterConsole('/rollouts');
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const text = (content: string) => page.getByText(content, { exact: true });
  const wave = (name: string) => page.getByRole('table', { name, exact: true });

  /** A rollout whose waves wait for a person, opened as it waits for the first. */
  async function startWaiting(...waves: readonly string[]): Promise<void> {
    await button('Start rollout').first().click();
    await button(/^Waves that wait for a person/).click();
    for (const name of waves) await page.getByRole('option', { name, exact: true }).click();
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await button('Start rollout').last().click();
    await page.getByRole('heading', { name: /^Rollout of/ }).waitFor();
    await button('Approve').waitFor(long);
  }

  async function abort(): Promise<void> {
    await button('Abort').click();
    await page.getByLabel('Reason').fill('Tried enough');
    await button('Abort').last().click();
  }

  test('its waves are shown as they go; one is approved', async () => {
    await startWaiting('Pooled');
    await expectAccessible(page);
    await button('Approve').click();
    await text(`Approved by ${scene.operator.email}`).first().waitFor(long);
    await page.getByText('Ended').waitFor();
    await page.locator('dd', { hasText: 'Succeeded' }).waitFor(long);
    await wave('Pooled').getByText('The pool').waitFor();
    expect(visitor.complaints()).toEqual([]);
  }, 240_000);

  test('one is aborted as soon as it waits', async () => {
    await startWaiting('Pooled');
    await abort();
    await text('Aborted').waitFor(long);
    await page.getByText('Tried enough').waitFor();
    expect(visitor.complaints()).toEqual([]);
  }, 240_000);

  test('what was read before it ended and arrives after that does not hide its end', async () => {
    await startWaiting('Pooled');
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const late: Promise<void>[] = [];
    await page.route(scene.outputs.controlPlane.graphqlUrl, async (route) => {
      if (!/query Rollout\(/.test(route.request().postData() ?? '')) return await route.fallback();
      const response = await route.fetch();
      const arrives = held.then(() => route.fulfill({ response }));
      late.push(arrives);
      await arrives;
    });
    await abort();
    await text('Aborted').waitFor(long);
    // The page reads it anew once the abortion is answered, which may be after its end has been told.
    await expect.poll(() => late.length, { timeout: 20_000 }).toBeGreaterThan(0);
    letGo();
    await Promise.all(late);
    // Time enough to draw what has arrived.
    await page.waitForTimeout(500);
    expect(await text('Aborted').isVisible()).toBe(true);
  }, 240_000);
});
