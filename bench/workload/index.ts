import type { WorkloadPlan } from '../load/job.ts';
import { untilQuiet } from '../load/until-quiet.ts';
import type { Bench, Section } from '../part.ts';
import { named, sameToken } from '../requests/graphql-callers.ts';
import { ourTargets, startPeerTargets, names } from '../requests/targets.ts';
import type { Target } from '../requests/target.ts';
import type { Shop } from '../shops/shop.ts';
import { openWorld } from '../shops/world.ts';
import { workloadPicture, workloadText, type WorkloadMeasured } from './workload-text.ts';

const whole = { shops: 20, products: 200, connections: [16, 64], warmUp: 1.5, seconds: 8, least: 100 };
const short = { shops: 3, products: 30, connections: [16], warmUp: 0.2, seconds: 0.5, least: 5 };

const seed = 20261128;
/** As YCSB has it. */
const theta = 0.99;
const mixes: readonly { readonly name: string; readonly shares: WorkloadPlan['shares'] }[] = [
  { name: 'YCSB B: 95 % reads, 5 % updates', shares: { read: 95, update: 5 } },
  {
    name: 'Shop: 60 % reads, 20 % lists, 15 % orders, 5 % updates',
    shares: { read: 60, list: 20, order: 15, update: 5 },
  },
];

/** Mixtures of operations, on few tenants and products much more often than on the others. */
export async function workload(bench: Bench): Promise<Section> {
  const size = bench.quick ? short : whole;
  const found: WorkloadMeasured[] = [];
  const world = await openWorld(await bench.system(), { ...size, orders: 0, tokens: 1 });
  const peers = bench.peers ? await startPeerTargets(world, bench.say, [names.yoga]) : undefined;
  try {
    for (const mix of mixes) {
      for (const connections of size.connections) {
        for (const target of [ourTargets(world).ours, ...(peers?.targets ?? [])]) {
          const plan = planOf(target, mix.shares, world.shops);
          const { url, processes } = target;
          const { warmUp, seconds, least } = size;
          const result = await bench.load({ url, connections, warmUp, seconds, least, plan, processes });
          found.push({ mix: mix.name, target: target.name, connections, result });
          bench.say(
            `${mix.name}, ${connections} connections, ${target.name}: ${Math.round(result.done / result.seconds)}/s`,
          );
          await untilQuiet(world.pid);
        }
      }
    }
  } finally {
    await peers?.stop();
  }
  return {
    title: 'Workloads',
    text: workloadText(found, { ...size, seed, theta }),
    pictures: workloadPicture(found),
    errors: found.flatMap(({ mix, target, connections, result: { errors, reasons } }) =>
      errors === 0 ? [] : [`${mix}, ${target}, ${connections} connections: ${errors} errors; ${reasons.join('; ')}`],
    ),
  };
}

function planOf({ name }: Target, shares: WorkloadPlan['shares'], shops: readonly Shop[]): WorkloadPlan {
  const tenants = shops.map((shop) => ({
    headers: (name === names.ours ? sameToken(shop) : named(shop))[0] ?? {},
    productIds: shop.products.map(({ id }) => id),
  }));
  return { kind: 'workload', seed, theta, shares, tenants };
}
