import type { Bench, Section } from '../part.ts';
import { openWorld } from '../shops/world.ts';
import { goalsOf } from './goals.ts';
import { measureAll, type Extent } from './measure-all.ts';
import { openRawGates } from './raw-gates.ts';
import { requestsText } from './requests-text.ts';
import { requestsPictures } from './requests-pictures.ts';
import { engineTarget, ourTargets, type PeerTargets, startPeerTargets, startRelayTarget } from './targets.ts';

interface Size extends Extent {
  readonly shops: number;
  /** Of each shop; a multiple of the groups. */
  readonly tokens: number;
}

const whole: Size = {
  ...{ shops: 24, writers: 8, tokens: 36, tokenGroups: 12 },
  ...{ connections: [1, 16, 64], connectionsOverTls: 16, rounds: 3, warming: 1000, warmingConnections: 16 },
  ...{ warmUp: 0.25, seconds: 0.8, least: 40, settles: true },
};
const short: Size = {
  ...{ shops: 4, writers: 2, tokens: 18, tokenGroups: 6 },
  ...{ connections: [16], connectionsOverTls: 16, rounds: 1, warming: 20, warmingConnections: 4 },
  ...{ warmUp: 0, seconds: 0.1, least: 5, settles: false },
};

/** The request path: ours, what people would use instead, and the engine alone as the limit. */
export async function requests(bench: Bench): Promise<Section> {
  const size = bench.quick ? short : whole;
  const world = await openWorld(await bench.system(), { ...size, products: 50, orders: 10 });
  await openRawGates(world.outputs, world.tables, world.shops);
  const ours = ourTargets(world);
  const beside: PeerTargets[] = [];
  try {
    if (bench.peers) beside.push(await startPeerTargets(world, bench.say));
    beside.push(await startRelayTarget(world));
    const others = beside.flatMap((peers) => peers.targets);
    const targets = [ours.ours, ours.asked, ours.tls, ...others, engineTarget(world)];
    const measured = await measureAll(world, targets, size, bench);
    const goals = goalsOf(measured);
    return {
      title: 'The request path',
      text: requestsText(measured, targets, size),
      pictures: requestsPictures(measured),
      goals,
      errors: measured.flatMap(({ target, operation, connections, rounds }) =>
        rounds.flatMap(({ errors, reasons }, round) =>
          errors === 0
            ? []
            : [
                `${operation} of ${target}, ${connections} connections, round ${
                  round + 1
                }: ${errors} errors; ${reasons.join('; ')}`,
              ],
        ),
      ),
    };
  } finally {
    for (const peers of beside) await peers.stop();
  }
}
