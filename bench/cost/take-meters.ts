import { setTimeout as sleep } from 'node:timers/promises';
import { aCompany, anOperator, type Company, signIn, chosenPassword } from '../../test/support/given.ts';
import { RealtimeClient } from '../../test/support/realtime.ts';
import { shopOf } from '../../test/support/shop.ts';
import { startCotenant } from '../../test/support/start-cotenant.ts';
import { setLimits } from '../shops/set-limits.ts';
import { type Act, operations, type Scene } from './operations.ts';
import { startEngineMeter } from './engine-meter.ts';
import { openLambdaMeter } from './lambda-meter.ts';
import type { Meter, Meters } from './meters.ts';
import { openWait } from './owes-nothing.ts';
import { agreed, difference, type Reading, sameReading } from './reading.ts';

/** Products and orders that are there before, so that pages of twenty are full. */
const rows = 25;
/** Between two readings; what has not changed for three of them is taken to be over. */
const pause = 150;
/** Measurements that may be spoilt. */
const attempts = 5;
/**
 * Four a second: what is metered comes when the tenant owes nothing, and of several fields in one request all but the first find it busy, however
 * slow the machine is.
 */
const limits = { requestsPerSecond: 4, burst: 100, requestsPerDay: 1_000_000, requestsPerMonth: 10_000_000 };
/** Functions that a schedule starts, and the one whose answers AppSync keeps for a minute only. */
const byThemselves = new Set(['authorizer', 'metering', 'transitions', 'rollout-driver', 'reconciler']);

/** Runs each operation on the whole local system, its engine behind a meter, and answers what one request took. */
export async function takeMeters({ samples }: { readonly samples: number }): Promise<Meters> {
  const engine = await startEngineMeter();
  process.env['DYNAMODB_ENDPOINT'] = engine.endpoint;
  const cotenant = await startCotenant();
  try {
    const { outputs } = cotenant;
    const company = await aCompany(outputs, { tier: 'PREMIUM' });
    const shop = shopOf(outputs, company.admin);
    const { host } = new URL(outputs.pooled.graphqlUrl);
    const realtime = await RealtimeClient.enter(outputs.pooled.realtimeUrl, { host, ...company.admin.headers });
    for (const field of ['onProductChanged', 'onOrderChanged'])
      await realtime.start(field, `subscription { ${field} { type } }`, { host, ...company.admin.headers });
    for (let row = 0; row < rows; row += 1) await shop.place((await shop.stock()).id);

    await setLimits(outputs, await anOperator(outputs), company.tenantId, limits);
    const readLambda = await openLambdaMeter(outputs);
    const owesNothing = await openWait(outputs, company.tenantId);
    const read = async (): Promise<Reading> => ({
      units: engine.read(),
      invocations: await readLambda(),
      published: realtime.heard('onProductChanged').length + realtime.heard('onOrderChanged').length,
    });
    const settled = async (): Promise<Reading> => {
      let [last, same] = [await read(), 0];
      while (same < 3) {
        await sleep(pause);
        const next = await read();
        same = sameReading(last, next) ? same + 1 : 0;
        last = next;
      }
      return last;
    };
    const meter = async (act: Act): Promise<Meter> => {
      await owesNothing();
      const before = await settled();
      await act();
      return difference(before, await settled());
    };

    const scene: Scene = { shop, company, realtime };
    const warm = async (): Promise<void> => void (await shop.ask('{ me { id } }'));
    const metered: Record<string, Meter> = {};
    for (const { name, prepare } of operations)
      metered[name] = await commonest(samples, async () => {
        const act = await prepare(scene);
        await warm();
        return await meter(act);
      });
    const first = await commonest(samples, async () => await meter(await firstRequest(outputs, company)), 'authorizer');
    return {
      day: new Date().toISOString().slice(0, 10),
      authorizer: without(first, metered['me']),
      operations: metered,
    };
  } finally {
    await cotenant.stop();
    await engine.stop();
  }
}

/** What several measurements agree on, without those in which something ran that the operation did not cause. */
async function commonest(samples: number, measure: () => Promise<Meter>, expected?: string): Promise<Meter> {
  const taken: Meter[] = [];
  for (let attempt = 0; attempt < samples + attempts && taken.length < samples; attempt += 1) {
    const meter = await measure();
    if (!Object.keys(meter.functions).some((folder) => folder !== expected && byThemselves.has(folder)))
      taken.push(meter);
  }
  return agreed(taken);
}

/** The first request with a token that AppSync has not seen. */
async function firstRequest(outputs: Parameters<typeof aCompany>[0], { admin }: Company): Promise<Act> {
  const again = await signIn(outputs, outputs.pooled.userPoolClientId, admin.email, chosenPassword);
  const shop = shopOf(outputs, again);
  return async () => void (await shop.ask('{ me { id email name role status createdAt updatedAt } }'));
}

function without(all: Meter, part: Meter | undefined): Meter {
  if (!part) throw new Error('`me` was not metered');
  const less = (left: Meter['data'], right: Meter['data']) => ({
    reads: left.reads - right.reads,
    writes: left.writes - right.writes,
  });
  return { ...all, gate: less(all.gate, part.gate), data: less(all.data, part.data) };
}
