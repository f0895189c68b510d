import type { Attack, AttackGroup, Exchange } from '../attack.ts';
import { exchange } from '../exchange.ts';
import { type Subject, tierPairs, type World } from '../subjects.ts';

const rounds = 12;
/** Answers of one kind may differ by so much on a machine that does other things too; a lookup more would not hide in it for long. */
const widestRatio = 3;
/** Milliseconds below which a ratio says nothing. */
const noise = 8;

const reads = ['product', 'order', 'user'] as const;

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
      // In turns, so that what else the machine does falls on both alike.
      for (let round = 0; round < rounds; round += 1) {
        exchanges.push(await ask(victim.ids[kind]), await ask('01BX5ZZKBKACTAV9WEVGEMMVRZ'));
      }
      return exchanges;
    },
    judge: (exchanges) => {
      const theirs = median(exchanges.filter((_, index) => index % 2 === 0));
      const missing = median(exchanges.filter((_, index) => index % 2 === 1));
      const [quick, slow] = [Math.min(theirs, missing), Math.max(theirs, missing)];
      if (slow - quick < noise || slow / quick < widestRatio) return [];
      return [`another tenant’s id took ${theirs.toFixed(1)} ms, a missing one ${missing.toFixed(1)} ms`];
    },
  };
}

function median(exchanges: readonly Exchange[]): number {
  const sorted = exchanges.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
