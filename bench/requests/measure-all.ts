import { setTimeout as sleep } from 'node:timers/promises';
import { assumptions } from '../cost/assumptions.ts';
import type { LoadResult } from '../load/job.ts';
import { untilQuiet } from '../load/until-quiet.ts';
import type { Bench } from '../part.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../shops/world.ts';
import { rateOf } from './figures.ts';
import { inTurn } from '../load/in-turn.ts';
import { measure, type Measured, type Times } from './measure.ts';
import { type Operation, operations } from './operations.ts';
import type { Target } from './target.ts';
import { names } from './targets.ts';
import { createTokenGroups } from './token-groups.ts';

export interface Extent extends Times {
  readonly connections: readonly number[];
  /** Of them, how many the measurements over TLS have. */
  readonly connectionsOverTls: number;
  /** Times that each is measured; the targets' order is another in each. */
  readonly rounds: number;
  /** Requests of each operation that every target gets before anything is measured. */
  readonly warming: number;
  readonly warmingConnections: number;
  /** Whether what each measurement leaves to be done is waited for: it would be counted with the next. */
  readonly settles: boolean;
  /** Shops that place orders: the others' rows stay as they were written. */
  readonly writers: number;
  /** Each shop's tokens are used in so many groups in turn where each answer of the authorizer is to be a new one. */
  readonly tokenGroups: number;
}

/** A second more than the authorizer's answers are kept. */
const kept = (assumptions.authorizerSeconds + 1) * 1000;

/**
 * Every operation over every number of connections on every target, in rounds: within one, the targets follow upon each other, so that what
 * changes on the machine meets all of them alike, and a round's figures are compared with the same round's.
 */
export async function measureAll(
  { pid, shops }: World,
  targets: readonly Target[],
  extent: Extent,
  { load, say }: Pick<Bench, 'load' | 'say'>,
): Promise<Measured[]> {
  const found = new Map<string, Omit<Measured, 'rounds'> & { readonly rounds: LoadResult[] }>();
  const groups = createTokenGroups(extent.tokenGroups, kept, { now: () => performance.now(), sleep });
  const run = async (
    target: Target,
    operation: Operation,
    times: Times & { connections: number },
  ): Promise<LoadResult> => {
    const owner = operation.writes ? 'writers' : 'readers';
    const owned = operation.writes ? shops.slice(0, extent.writers) : shops.slice(extent.writers);
    const group = target.credentialsOnce ? await groups.next(owner) : undefined;
    const some = group === undefined ? owned : owned.map((shop) => withTokens(shop, group, extent));
    const result = await measure(load, target, operation, some, times);
    if (group !== undefined) groups.used(owner, group);
    if (extent.settles) await untilQuiet(pid);
    return result;
  };
  const able = (operation: Operation): Target[] => targets.filter(({ lacks }) => lacks?.[operation.name] === undefined);

  for (const operation of operations)
    for (const target of able(operation)) {
      if (target.name === names.tls && operation.name !== 'getProduct') continue;
      const times = { warmUp: 0, seconds: 0, least: extent.warming, connections: extent.warmingConnections };
      const { errors, reasons } = await run(target, operation, times);
      if (errors > 0) throw new Error(`Warming ${target.name}, ${operation.name}: ${reasons.join('; ')}`);
    }
  say('All are warm.');
  for (let round = 0; round < extent.rounds; round += 1)
    for (const operation of operations)
      for (const connections of extent.connections)
        for (const target of inTurn(able(operation), round)) {
          if (isElsewhere(target, operation, connections, extent)) continue;
          const result = await run(target, operation, { ...extent, connections });
          const key = `${operation.name}, ${connections} connections, ${target.name}`;
          const cell = found.get(key) ?? { target: target.name, operation: operation.name, connections, rounds: [] };
          cell.rounds.push(result);
          found.set(key, cell);
          say(`${round + 1}: ${key}: ${Math.round(rateOf(result))}/s, ${result.errors} errors`);
        }
  return [...found.values()];
}

function isElsewhere({ name }: Target, operation: Operation, connections: number, extent: Extent): boolean {
  return name === names.tls && (operation.name !== 'getProduct' || connections !== extent.connectionsOverTls);
}

function withTokens(shop: Shop, group: number, { tokenGroups }: Extent): Shop {
  return { ...shop, tokens: shop.tokens.filter((_, index) => index % tokenGroups === group) };
}
