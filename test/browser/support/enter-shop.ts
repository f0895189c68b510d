import type { Page } from 'playwright-core';
import type { Outputs } from '../../../infra/start/outputs.ts';
import type { Company } from '../../support/given.ts';
import { signInWith } from './sign-in.ts';

/** Opens the SaaS app at the company's workspace and signs its administrator in; what is shown then is the caller's to wait for. */
export async function signInToShop(page: Page, outputs: Outputs, { slug, admin }: Company): Promise<void> {
  await page.goto(`${outputs.apps['saas'] ?? ''}?workspace=${slug}`);
  await signInWith(page, admin.email, admin.password);
}

/** Goes in, up to the dashboard. */
export async function enterShop(page: Page, outputs: Outputs, company: Company): Promise<void> {
  await signInToShop(page, outputs, company);
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
}
