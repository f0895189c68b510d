import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, type Company } from '../support/given.ts';
import { faultsAmong } from '../support/faults.ts';
import { type Shop, shopOf } from '../support/shop.ts';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';
import { everythingStored } from '../support/tables.ts';

/** The system, and two of its tenants: Alice’s, and the one of Mallory, who tries everything. */
export interface Scene {
  readonly cotenant: Cotenant;
  readonly companies: { readonly alice: Company; readonly mallory: Company };
  readonly alice: Shop;
  readonly mallory: Shop;
}

/** As ids of ours look, and none that was ever given. */
export const missing = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

/** One running system for a file of attacks. Its last test is that the system has not noticed them. */
export function attackScene(attacks: (scene: () => Scene) => void): void {
  let current: Scene | undefined;
  const scene = (): Scene => {
    if (!current) throw new Error('The system has not started');
    return current;
  };

  beforeAll(async () => {
    const cotenant = await startCotenant();
    const { outputs } = cotenant;
    const [alice, mallory] = await Promise.all([
      aCompany(outputs, { tier: 'PREMIUM' }),
      aCompany(outputs, { tier: 'PREMIUM' }),
    ]);
    const shops = { alice: shopOf(outputs, alice.admin), mallory: shopOf(outputs, mallory.admin) };
    current = { cotenant, companies: { alice, mallory }, ...shops };
  }, 120_000);
  afterAll(() => current?.cotenant.stop());

  attacks(scene);

  test('after all that it still runs, and nothing in it broke', async () => {
    const { cotenant, alice } = scene();
    expect((await alice.ask('{ me { role } }')).data).toEqual({ me: { role: 'TENANT_ADMIN' } });
    expect(faultsAmong(await cotenant.logs())).toEqual([]);
    expect(cotenant.output()).not.toMatch(/\n {4}at |Error|is started again/);
  });

  test('no log tells a password or a token', async () => {
    const { cotenant, companies } = scene();
    const logs = (await cotenant.logs()).join('\n');
    expect(logs.length).toBeGreaterThan(0);
    const secrets = [companies.alice.admin, companies.mallory.admin].flatMap((person) => [
      person.password,
      person.accessToken,
      // A token without its signature, and its signature alone.
      ...person.accessToken.split('.').slice(1),
    ]);
    for (const secret of [...secrets, cotenant.outputs.operator.password, cotenant.outputs.controlPlane.apiKey]) {
      expect(logs.includes(secret)).toBe(false);
      expect(
        cotenant
          .output()
          .replace(/^ {2}Operator .*$/m, '')
          .includes(secret),
      ).toBe(false);
    }
  });
}

/** Runs the attempts and shows that they changed nothing in any table. */
export async function leavesNoTrace({ cotenant }: Scene, attempts: () => Promise<void>): Promise<void> {
  const before = await everythingStored(cotenant.outputs);
  await attempts();
  expect(await everythingStored(cotenant.outputs)).toEqual(before);
}
