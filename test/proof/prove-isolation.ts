import type { Tier } from '../../generated/application.ts';
import type { Attack, AttackGroup, Exchange } from './attack.ts';
import { type Clients, createClients, type Deployment } from './clients.ts';
import { aliveAfterwards } from './groups/alive.ts';
import { doorAttacks } from './groups/doors.ts';
import { idAttacks } from './groups/ids.ts';
import { limitAttacks } from './groups/limits.ts';
import { listAttacks } from './groups/lists.ts';
import { lookAlikeAttacks } from './groups/look-alikes.ts';
import { realtimeAttacks } from './groups/realtime.ts';
import { roleAttacks } from './groups/roles.ts';
import { standingAttacks } from './groups/standing.ts';
import { subscriptionAttacks } from './groups/subscriptions.ts';
import { timingAttacks } from './groups/timing.ts';
import { tokenAttacks } from './groups/tokens.ts';
import type { CaseReport, GroupReport, ProofReport } from './report.ts';
import { differences, storedOf } from './stores.ts';
import type { World } from './subjects.ts';
import { unjudgedIn } from './unjudged.ts';
import { givenWorld } from './world.ts';

export interface ProofOptions {
  readonly deployment: Deployment;
  readonly tiers: readonly Tier[];
  /** Names of groups; absent: all. */
  readonly only?: readonly string[];
  /** Told as each group ends. */
  onGroup(report: GroupReport): void;
}

/** How many attacks are under way at once, where they do not change anything. */
const parallel = 8;

/** Sets up tenants, attacks them in every way, and says what was found. Leaves its tenants behind. */
export async function proveIsolation({ deployment, tiers, only, onGroup }: ProofOptions): Promise<ProofReport> {
  const startedAt = new Date();
  const clients = createClients(deployment);
  const world = await givenWorld(deployment, clients, tiers);
  const groups: GroupReport[] = [];
  const chosen = groupsOf(world, deployment, clients).filter(({ name }) => only?.includes(name) ?? true);
  for (const group of chosen) {
    const report = await runGroup(group, world, clients);
    groups.push(report);
    onGroup(report);
  }
  const seconds = (Date.now() - startedAt.getTime()) / 1000;
  return { startedAt: startedAt.toISOString(), seconds, tiers, groups, unjudged: unjudgedIn(deployment) };
}

function groupsOf(world: World, deployment: Deployment, clients: Clients): AttackGroup[] {
  return [
    idAttacks(world),
    listAttacks(world),
    roleAttacks(world),
    tokenAttacks(world, clients),
    lookAlikeAttacks(world),
    limitAttacks(world),
    doorAttacks(world, deployment),
    realtimeAttacks(world),
    subscriptionAttacks(world),
    timingAttacks(world),
    // It changes a tenant's standing, and back.
    standingAttacks(world, clients),
    aliveAfterwards(world),
  ];
}

/** These measure or change something that others at the same time would disturb. */
const oneByOne: ReadonlySet<string> = new Set(['time', 'standing', 'realtime']);
/** These write by their nature: a passing product, a suspension. Their own judgements say what may not happen. */
const writing: ReadonlySet<string> = new Set(['standing']);

async function runGroup(group: AttackGroup, world: World, clients: Clients): Promise<GroupReport> {
  const before = await storedOf(world, clients);
  const cases: CaseReport[] = [];
  const attacks = group.attacks();
  const waiting = Symbol.asyncIterator in attacks ? attacks[Symbol.asyncIterator]() : attacks[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await waiting.next();
      if (done) return;
      cases.push(await runAttack(value as Attack));
    }
  };
  await Promise.all(Array.from({ length: oneByOne.has(group.name) ? 1 : parallel }, work));
  const changes = writing.has(group.name) ? [] : differences(before, await storedOf(world, clients));
  return { name: group.name, claim: group.claim, cases, changes };
}

async function runAttack(attack: Attack): Promise<CaseReport> {
  let exchanges: readonly Exchange[] = [];
  try {
    exchanges = await attack.run();
  } catch (error) {
    const unanswered = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { name: attack.name, exchanges, leaks: [], problems: [], unanswered };
  }
  return { name: attack.name, exchanges, leaks: leaksIn(attack, exchanges), problems: attack.judge(exchanges) };
}

/** The victim's texts that came back without having been sent. */
function leaksIn({ victim }: Attack, exchanges: readonly Exchange[]): string[] {
  return exchanges.flatMap(({ sent, answer }) =>
    (victim?.secrets ?? []).filter((secret) => answer.includes(secret) && !sent.includes(secret)),
  );
}
