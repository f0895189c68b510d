import { untilQuiet } from '../load/until-quiet.ts';
import type { Bench } from '../part.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../shops/world.ts';
import { measure, type Measured, type Times } from './measure.ts';
import { type Operation, operations } from './operations.ts';
import type { Target } from './target.ts';
import { names } from './targets.ts';

export interface Extent extends Times {
  readonly connections: readonly number[];
  /** Of them, how many the one measurement over TLS has. */
  readonly connectionsOverTls: number;
  /** Shops that place orders: the others' rows stay as they were written. */
  readonly writers: number;
  /** A token is used again after so many measurements, when what was kept of it has expired. */
  readonly tokenGroups: number;
}

/** Every operation over every number of connections on every target, by turns, so that what changes on the machine meets all of them alike. */
export async function measureAll(
  { pid, shops }: World,
  targets: readonly Target[],
  extent: Extent,
  { load, say }: Pick<Bench, 'load' | 'say'>,
): Promise<Measured[]> {
  const writers = shops.slice(0, extent.writers);
  const readers = shops.slice(extent.writers);
  const found: Measured[] = [];
  let asked = 0;
  for (const operation of operations) {
    for (const connections of extent.connections) {
      for (const target of targets) {
        if (target.lacks?.[operation.name] !== undefined || isElsewhere(target, operation, connections, extent))
          continue;
        if (target.credentialsOnce) asked += 1;
        const some = (operation.writes ? writers : readers).map((shop) => withTokens(shop, target, asked, extent));
        const measured = await measure(load, target, operation, some, { ...extent, connections });
        found.push(measured);
        const { done, seconds, errors } = measured.result;
        say(
          `${operation.name}, ${connections} connections, ${target.name}: ${Math.round(
            done / seconds,
          )}/s, ${errors} errors`,
        );
        await untilQuiet(pid);
      }
    }
  }
  return found;
}

function isElsewhere({ name }: Target, operation: Operation, connections: number, extent: Extent): boolean {
  return name === names.tls && (operation.name !== 'getProduct' || connections !== extent.connectionsOverTls);
}

function withTokens(shop: Shop, { credentialsOnce }: Target, turn: number, { tokenGroups }: Extent): Shop {
  if (!credentialsOnce) return shop;
  return { ...shop, tokens: shop.tokens.filter((_, index) => index % tokenGroups === turn % tokenGroups) };
}
