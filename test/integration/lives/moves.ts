import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Tenant } from '../../../generated/control-plane.ts';
import { aCompany, chosenPassword, mailsTo, type Person, signIn, temporaryPassword } from '../../support/given.ts';
import { errorsOf } from '../../support/mutate.ts';
import { aColleague } from '../../support/people.ts';
import { routingOf, siloPatience } from '../../support/provisioning.ts';
import { shopOf } from '../../support/shop.ts';
import { scan } from '../../support/tables.ts';
import { type Operations, operationsOf } from '../control-plane/operate.ts';
import type { Scene } from '../scene.ts';

const selection = 'tenant { id tier stack deployment move { status step failure message } }';

/** Waits until the move is so. */
async function untilMove(operate: Operations, tenantId: string, status: string): Promise<Tenant> {
  const end = Date.now() + siloPatience;
  const query = `query T($id: ID!) { ${selection.replace('tenant {', 'tenant(id: $id) {')} }`;
  for (;;) {
    const { tenant } = await operate.ask<{ tenant: Tenant }>(query, { id: tenantId });
    if (tenant.move?.status === status) return tenant;
    if (Date.now() > end || tenant.move?.status === 'FAILED') {
      throw new Error(`The move is not ${status}: ${JSON.stringify(tenant.move)}`);
    }
    await sleep(200);
  }
}

/** Places one order after the other until it is told to stop: ids that were acknowledged, and what was refused. */
function writeOrders(shop: ReturnType<typeof shopOf>, productId: string) {
  const acknowledged: string[] = [];
  const refusals: string[] = [];
  let isOver = false;
  const writing = (async () => {
    while (!isOver) {
      try {
        acknowledged.push((await shop.place(productId)).id);
      } catch (error) {
        refusals.push(String(error));
      }
      await sleep(50);
    }
  })();
  const stop = async () => {
    isOver = true;
    await writing;
    return { acknowledged, refusals };
  };
  return { stop };
}

export function moveFlows(scene: () => Scene): void {
  const stored = async (table: string, tenantId: string) =>
    (await scan(scene().outputs, table)).filter((row) => row['tenantId'] === tenantId);
  const ids = async (table: string, tenantId: string) =>
    (await stored(table, tenantId)).map(({ orderId }) => String(orderId)).sort();

  async function signInAnew(slug: string, { email }: Person): Promise<Person> {
    const { outputs } = scene();
    const { userPoolClientId } = await routingOf(outputs, slug);
    return signIn(outputs, userPoolClientId, email, await temporaryPassword(outputs, email), `${chosenPassword}2`);
  }

  describe('setTenantTier between the pool and a stack of its own', () => {
    test(
      'a company moves while orders are written, is confirmed, and moves back',
      async () => {
        const { outputs } = scene();
        const operate = await operationsOf(scene());
        const company = await aCompany(outputs, { tier: 'PREMIUM' });
        const { tenantId, slug, admin } = company;
        const colleague = await aColleague(outputs, company, 'TENANT_USER');
        const inPool = shopOf(outputs, admin);
        const product = await inPool.stock({ stock: 100_000 });
        const { data: before } = await inPool.ask<{ me: { id: string } }>('{ me { id } }');

        const orders = writeOrders(inPool, product.id);
        const begun = await operate.mutate<Tenant>('setTenantTier', { tenantId, tier: 'PLATINUM' }, selection);
        expect(begun).toMatchObject({ tenant: { tier: 'PREMIUM', move: { status: 'RUNNING' } }, userErrors: [] });
        expect(await untilMove(operate, tenantId, 'WAITING_FOR_CONFIRMATION')).toMatchObject({
          tier: 'PLATINUM',
          stack: tenantId,
          deployment: 'SILO',
        });
        const { acknowledged, refusals } = await orders.stop();
        expect(refusals.some((refusal) => refusal.includes('TenantMoving'))).toBe(true);
        expect(acknowledged.length).toBeGreaterThan(0);
        expect(await ids(`${tenantId}-Orders`, tenantId)).toEqual([...acknowledged].sort());
        expect(await stored(`${tenantId}-Products`, tenantId)).toEqual(await stored('pooled-Products', tenantId));

        // The old token is good for nothing, there or here.
        const { graphqlUrl } = await routingOf(outputs, slug);
        expect(graphqlUrl).not.toBe(outputs.pooled.graphqlUrl);
        const old = await inPool.ask('{ me { id } }');
        expect(old.errors[0]?.errorType).toMatch(/TenantMoved|UnauthorizedException/);
        expect((await shopOf(outputs, admin, graphqlUrl).ask('{ me { id } }')).errors[0]?.errorType).toBe(
          'UnauthorizedException',
        );
        const { userPoolClientId } = outputs.pooled;
        await expect(signIn(outputs, userPoolClientId, admin.email, chosenPassword)).rejects.toThrow();

        // People sign in there by new invitations, and are who they were.
        const there = await signInAnew(slug, admin);
        const inSilo = shopOf(outputs, there, graphqlUrl);
        expect((await inSilo.ask('{ me { id } }')).data).toEqual(before);
        expect((await inSilo.product(product.id))?.stock).toBe(100_000 - acknowledged.length);
        const later = await inSilo.place(product.id);
        const colleagueThere = await signInAnew(slug, colleague);
        expect((await shopOf(outputs, colleagueThere, graphqlUrl).product(product.id))?.name).toBe(product.name);
        const people = await inSilo.ask<{ users: { edges: { node: { email: string; status: string } }[] } }>(
          '{ users { edges { node { email status } } } }',
        );
        expect(people.data?.users.edges.map(({ node }) => node.status)).toEqual(['ACTIVE', 'ACTIVE']);

        await operate.mutate('confirmMove', { tenantId }, selection);
        await untilMove(operate, tenantId, 'COMPLETED');
        expect(await stored('pooled-Orders', tenantId)).toEqual([]);
        expect(await stored('pooled-Products', tenantId)).toEqual([]);
        expect(errorsOf(await operate.mutate('revertMove', { tenantId }, selection))).toEqual([
          'INVALID_STATE tenantId',
        ]);

        await operate.mutate('setTenantTier', { tenantId, tier: 'PREMIUM' }, selection);
        await untilMove(operate, tenantId, 'WAITING_FOR_CONFIRMATION');
        expect(await ids('pooled-Orders', tenantId)).toEqual([...acknowledged, later.id].sort());
        expect((await routingOf(outputs, slug)).graphqlUrl).toBe(outputs.pooled.graphqlUrl);
        const back = shopOf(outputs, await signInAnew(slug, admin));
        expect((await back.ask('{ me { id } }')).data).toEqual(before);
        await back.place(product.id);
        await operate.mutate('confirmMove', { tenantId }, selection);
        expect(await untilMove(operate, tenantId, 'COMPLETED')).toMatchObject({ tier: 'PREMIUM', stack: 'pooled' });
        await expect(scan(outputs, `${tenantId}-Orders`)).rejects.toThrow('No table');
      },
      5 * siloPatience,
    );

    test(
      'reverted after the cut-over: what was written there is here, and people sign in as before, without a mail',
      async () => {
        const { outputs } = scene();
        const operate = await operationsOf(scene());
        const { tenantId, slug, admin } = await aCompany(outputs, { tier: 'PREMIUM' });
        const product = await shopOf(outputs, admin).stock({ stock: 100 });
        const first = await shopOf(outputs, admin).place(product.id);
        await operate.mutate('setTenantTier', { tenantId, tier: 'PLATINUM' }, selection);
        await untilMove(operate, tenantId, 'WAITING_FOR_CONFIRMATION');
        const { graphqlUrl } = await routingOf(outputs, slug);
        const second = await shopOf(outputs, await signInAnew(slug, admin), graphqlUrl).place(product.id);
        const mails = (await mailsTo(outputs, admin.email)).length;

        const answer = await operate.mutate<Tenant>('revertMove', { tenantId }, selection);
        expect(answer.userErrors).toEqual([]);
        expect(await untilMove(operate, tenantId, 'REVERTED')).toMatchObject({ tier: 'PREMIUM', stack: 'pooled' });
        const again = await signIn(outputs, outputs.pooled.userPoolClientId, admin.email, chosenPassword);
        expect((await shopOf(outputs, again).product(product.id))?.stock).toBe(98);
        expect(await ids('pooled-Orders', tenantId)).toEqual([first.id, second.id].sort());
        expect(await mailsTo(outputs, admin.email)).toHaveLength(mails);
        await expect(scan(outputs, `${tenantId}-Orders`)).rejects.toThrow('No table');
      },
      3 * siloPatience,
    );
  });
}
