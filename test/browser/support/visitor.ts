import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A person at a browser window of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the console said that a page of ours should not cause; `ignored` are parts of messages that the test provokes. */
  complaints(ignored?: readonly RegExp[]): string[];
  close(): Promise<void>;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Amplify says that the endpoint is not Cognito's own, which is so here. */
const expected = /custom Amazon .* endpoint/;

export async function aVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const said: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !expected.test(message.text())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.stack ?? error.message));
  return {
    page,
    context,
    complaints: (ignored = []) => said.filter((text) => !ignored.some((pattern) => pattern.test(text))),
    close: () => context.close(),
  };
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** axe-core finds nothing serious, but in what is not ours: `exclude`, a selector. Evaluated by the debugger, which the page's content security policy does not bind. */
export async function expectAccessible(page: Page, exclude?: string): Promise<void> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const violations = (await page.evaluate(
    `axe.run(${JSON.stringify({ exclude: exclude ? [exclude] : [] })}).then(({ violations }) => violations)`,
  )) as readonly Violation[];
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** A picture for the docs with UPDATE_SCREENSHOTS=1, else for whoever looks into .local. */
export async function takePicture(page: Page, name: string, fullPage = false): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return await lookAt(page, name, fullPage);
  await page.screenshot({ path: join('docs/images', `${name}.png`), fullPage, animations: 'disabled' });
}

/** A picture for whoever looks into .local/screenshots. */
export async function lookAt(page: Page, name: string, fullPage = false): Promise<void> {
  await mkdir('.local/screenshots', { recursive: true });
  await page.screenshot({ path: join('.local/screenshots', `${name}.png`), fullPage, animations: 'disabled' });
}
