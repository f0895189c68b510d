import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AuditLogConnection } from '../../generated/control-plane.ts';
import { aCompany, chosenPassword, temporaryPassword } from '../support/given.ts';
import { graphqlData } from '../support/graphql.ts';
import { setPoolRelease } from '../support/pool-release.ts';
import { aSilo } from '../support/provisioning.ts';
import { aBrokenRelease, aGoodRelease, deployedRelease } from '../support/releases.ts';
import { rolloutsOf } from '../support/rollouts.ts';
import { beginSilo } from '../support/silo-faults.ts';
import { chromiumPath } from './support/chromium.ts';
import { openScene, wide } from './support/open-scene.ts';
import { rowsOfCsv } from './support/rows-of-csv.ts';
import { choosePassword, signInWith } from './support/sign-in.ts';
import { tableOf } from './support/table.ts';
import { aVisitor, expectAccessible, lookAt, type Visitor } from './support/visitor.ts';

/** A stack of one's own takes seconds; on a busy machine, more. */
const long = { timeout: 110_000 };

let visitor: Visitor;
let page: Page;

describe.skipIf(chromiumPath === undefined)("an operator's work", () => {
  const scene = openScene({ viewport: wide });
  beforeEach(() => {
    ({ page, visitor } = scene);
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

  test('the dashboard says which stacks are behind', async () => {
    const rollouts = rolloutsOf(scene.outputs, scene.operator);
    await aSilo(scene.outputs);
    await scene.enterConsole('/');
    await page.getByText('All run the same release').waitFor();
    const { release: old } = await deployedRelease(scene.outputs);
    const release = await aGoodRelease(scene.outputs);
    const { id } = await rollouts.begin({ release, approveWaves: ['REST'] });
    await page.getByText('2 releases are in use').waitFor(long);
    const running = async (which: string) =>
      /(\d+) stacks?\s/.exec(await page.locator('dl > div', { hasText: which }).innerText())?.[1];
    await lookAt(page, 'admin-skew', true);
    expect(await running(`${release}, as the pool`)).toBe('1');
    expect(await running(old)).toBe('1');
    await rollouts.until(id, ({ status }) => status === 'WAITING_FOR_APPROVAL');
    expect((await rollouts.approve({ rolloutId: id, wave: 'REST' })).userErrors).toEqual([]);
    await page.getByText('All run the same release').waitFor(long);
    expect(visitor.complaints()).toEqual([]);
  }, 300_000);

  test('a run that fails says why, at which step and with what log; the retry makes the tenant active', async () => {
    const good = (await rolloutsOf(scene.outputs, scene.operator).releases())['pooled'] ?? '';
    await setPoolRelease(scene.outputs, await aBrokenRelease(scene.outputs));
    const { tenantId } = await beginSilo(scene.outputs);
    await scene.enterConsole(`/tenants/${tenantId}?tab=stack`);
    await page.getByText('It failed at DEPLOY_STACK').waitFor(long);
    await setPoolRelease(scene.outputs, good);
    await page
      .getByText(/AWS::Lambda::EventSourceMapping/)
      .first()
      .waitFor();
    await page
      .getByRole('row', { name: /^DEPLOY_STACK/ })
      .getByText('Failed', { exact: true })
      .waitFor();
    expect(await page.getByLabel('End of the log').innerText()).toContain('ROLLBACK');
    await expectAccessible(page);
    await lookAt(page, 'admin-failed-run', true);

    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByText('Its onboarding failed').waitFor();
    await page.getByText('Failed', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'See its runs' }).click();
    const tab = page.getByRole('tabpanel');
    await tab.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('status').getByText('The run goes on where it failed.').waitFor();
    await page.getByText(/attempt 2/).waitFor();
    await tab.getByText('Active', { exact: true }).waitFor(long);
    await button('Retry').first().waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByText('Active', { exact: true }).waitFor(long);
    expect(await page.getByText('Its onboarding failed').count()).toBe(0);
    expect(visitor.complaints()).toEqual([]);
  }, 300_000);

  test('an operator is invited, sees what their role allows, becomes another, and is shut out', async () => {
    const email = 'nia@operators.example';
    await scene.enterConsole('/operators');
    await button('Invite').click();
    await page.getByLabel('Name').fill('Nia Newcomer');
    await page.getByLabel('E-mail address').fill(email);
    await expectAccessible(page);
    await button('Send invitation').click();
    const row = page.getByRole('row', { name: /Nia Newcomer/ });
    await row.getByText('Invited').waitFor();
    await row.getByText('Customer support').waitFor();
    const choose = async (action: string): Promise<void> => {
      await row.getByRole('button', { name: 'Actions for Nia Newcomer' }).click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await choose('Send invitation again');
    await page.getByText('The invitation of Nia Newcomer is sent again.').waitFor();

    const newcomer = await aVisitor(scene.browser, { viewport: wide });
    const theirs = newcomer.page;
    const operators = theirs.getByRole('link', { name: 'Operators', exact: true });
    await theirs.goto(scene.at('admin', '/tenants'));
    await signInWith(theirs, email, await temporaryPassword(scene.outputs, email));
    await choosePassword(theirs, chosenPassword);
    await theirs.getByRole('heading', { name: /^Tenants/ }).waitFor();
    const create = theirs.getByRole('button', { name: 'Create tenant', exact: true });
    expect(await create.first().getAttribute('aria-disabled')).toBe('true');
    expect(await operators.count()).toBe(0);

    await choose('Make system admin');
    await row.getByText('System admin').waitFor();
    await theirs.getByRole('button', { name: email }).click();
    await theirs.getByRole('menuitem', { name: 'Sign out' }).click();
    await signInWith(theirs, email, chosenPassword);
    await operators.waitFor();
    expect(await create.first().getAttribute('aria-disabled')).not.toBe('true');

    await choose('Disable');
    await row.getByText('Disabled').waitFor();
    await expectAccessible(page);
    await theirs.getByRole('button', { name: email }).click();
    await theirs.getByRole('menuitem', { name: 'Sign out' }).click();
    await signInWith(theirs, email, chosenPassword);
    await theirs.getByRole('alert').getByText('This account is disabled').waitFor();
    await newcomer.context.close();
    expect(visitor.complaints()).toEqual([]);
  });

  test('tenants are sorted by a column, by mouse and by keyboard', async () => {
    const prefix = 'sorted';
    // Neither in the order of a column that is tried, nor in its reverse.
    const made = [
      ['beech', 'PREMIUM'],
      ['cedar', 'BASIC'],
      ['ash', 'STANDARD'],
    ] as const;
    for (const [index, [companyName, tier]] of made.entries())
      await aCompany(scene.outputs, { companyName, slug: `${prefix}-${index}`, tier });
    await scene.enterConsole(`/tenants?slug=${prefix}`);
    await page.getByRole('link', { name: 'cedar' }).waitFor();
    expect(await page.title()).toBe('Tenants · Cotenant console');
    const table = tableOf(page);
    await table.click('Name');
    await expect.poll(table.names).toEqual(['ash', 'beech', 'cedar']);
    expect(await table.order('Name')).toBe('ascending');
    await table.press('Name', 'Enter');
    await expect.poll(table.names).toEqual(['cedar', 'beech', 'ash']);
    expect(await table.order('Name')).toBe('descending');
    await table.press('Tier', 'Enter');
    await expect.poll(table.names).toEqual(['cedar', 'ash', 'beech']);
    await expectAccessible(page);
    expect(visitor.complaints()).toEqual([]);
  });

  test('the audit log is filtered, and its file has what the API answers', async () => {
    const { tenantId } = await aCompany(scene.outputs, { companyName: 'Harbour Books' });
    const reason = '=cmd, "unpaid"';
    for (const each of [reason, 'Again']) {
      await scene.operate('suspendTenant', { tenantId, reason: each });
      await scene.operate('activateTenant', { tenantId });
    }
    await scene.enterConsole(`/audit?tenant=${tenantId}`);
    await page.getByText('activateTenant').first().waitFor();
    const download = async (): Promise<string[][]> => {
      const [file] = await Promise.all([page.waitForEvent('download'), button('CSV').click()]);
      expect(file.suggestedFilename()).toBe('audit-log.csv');
      return rowsOfCsv(await readFile(await file.path(), 'utf8'));
    };
    expect(await download()).toEqual(await entries({ tenantId }));

    await page.getByRole('searchbox', { name: 'Action' }).fill('suspendTenant');
    await page.getByText('activateTenant').first().waitFor({ state: 'detached' });
    await page.getByText('reason: =cmd').waitFor();
    await expectAccessible(page);
    const expected = await entries({ tenantId, action: 'suspendTenant' });
    expect(expected).toHaveLength(3);
    expect(await download()).toEqual(expected);
    await page.getByRole('searchbox', { name: 'Action' }).fill('nothing');
    await page.getByText('Nothing matches').waitFor();
    await button('Everything').click();
    await page.getByText('activateTenant').first().waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(visitor.complaints()).toEqual([]);
  });

  /** What the log's file is to say: the names of the columns, and the entries, the newest first. */
  async function entries(filter: { readonly tenantId: string; readonly action?: string }): Promise<string[][]> {
    const columns = ['at', 'actor', 'actorEmail', 'action', 'tenantId', 'detail', 'id'] as const;
    const query = `query A($filter: AuditLogFilter) { auditLog(filter: $filter, first: 100) { edges { node { ${columns.join(
      ' ',
    )} } } } }`;
    const { graphqlUrl } = scene.outputs.controlPlane;
    const { auditLog } = await graphqlData<{ auditLog: AuditLogConnection }>(
      graphqlUrl,
      scene.operator.headers,
      query,
      { filter },
    );
    return [[...columns], ...auditLog.edges.map(({ node }) => columns.map((column) => node[column] ?? ''))];
  }
});
