import type { Attack, AttackGroup, Exchange } from '../attack.ts';
import { exchange } from '../exchange.ts';
import { type Subject, tierPairs, type World } from '../subjects.ts';

/** Even, so that either goes first as often. */
const rounds = 40;
/** By chance one kind is the slower one in more rounds once in ten thousand proofs; a lookup more makes it so in nearly all of them. */
const mostAlike = 33;

const reads = ['product', 'order', 'user'] as const;
const missing = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

/** Whether the time of an answer tells a stranger's id from a missing one. */
export function timingAttacks(world: World): AttackGroup {
  return {
    name: 'time',
    claim: 'The answer to another tenant’s id takes as long as the one to an id that does not exist.',
    *attacks() {
      for (const [attacker, victim] of tierPairs(world.subjects).slice(0, 4)) {
        for (const kind of reads) yield race(attacker, victim, kind);
      }
    },
  };
}

function race(attacker: Subject, victim: Subject, kind: (typeof reads)[number]): Attack {
  const { label, accessToken } = attacker.members.TENANT_ADMIN;
  const ask = (id: string) =>
    exchange({
      url: attacker.place.graphqlUrl,
      as: label,
      headers: { authorization: accessToken },
      body: { query: `query T($id: ID!) { ${kind}(id: $id) { id } }`, variables: { id } },
    });
  return {
    name: `${attacker.tier} → ${victim.tier}: ${kind}(id)`,
    victim,
    run: async () => {
      const exchanges: Exchange[] = [];
      // In turns, and each first as often, so that what else the machine does falls on both alike.
      for (let round = 0; round < rounds; round += 1) {
        const ids = [victim.ids[kind], missing];
        const answers = new Map<string | undefined, Exchange>();
        for (const id of round % 2 === 0 ? ids : ids.toReversed()) answers.set(id, await ask(id ?? missing));
        exchanges.push(...ids.flatMap((id) => answers.get(id) ?? []));
      }
      return exchanges;
    },
    judge: toldApart,
  };
}

/** Pairs of answers, to another tenant's id and to a missing one: what is wrong if one kind takes longer than the other. */
export function toldApart(exchanges: readonly Pick<Exchange, 'milliseconds'>[]): string[] {
  const times = exchanges.map(({ milliseconds }) => milliseconds);
  const theirs = times.filter((_, index) => index % 2 === 0);
  const missing = times.filter((_, index) => index % 2 === 1);
  const slower = theirs.filter((time, round) => time > (missing[round] ?? time)).length;
  if (Math.max(slower, theirs.length - slower) <= mostAlike) return [];
  const [own, none] = [median(theirs).toFixed(1), median(missing).toFixed(1)];
  return [
    `in ${slower} of ${theirs.length} rounds another tenant’s id took longer; medians of ${own} ms and ${none} ms`,
  ];
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
