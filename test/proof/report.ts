import type { Exchange } from './attack.ts';
import type { RemovalReport } from './guards/remove-guards.ts';

export interface CaseReport {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
  /** Texts of the victim that came back. */
  readonly leaks: readonly string[];
  /** What was not as it should be. */
  readonly problems: readonly string[];
  /** Why no answer came, where none did. */
  readonly unanswered?: string;
}

export interface GroupReport {
  readonly name: string;
  readonly claim: string;
  readonly cases: readonly CaseReport[];
  /** Stored lines that are not what they were when the group began. */
  readonly changes: readonly string[];
}

export interface ProofReport {
  readonly startedAt: string;
  readonly seconds: number;
  readonly tiers: readonly string[];
  readonly groups: readonly GroupReport[];
  /** What the proof says nothing of where it was run. */
  readonly unjudged: readonly string[];
  /** Where guards were taken out too. */
  readonly guards?: RemovalReport;
}

export interface Totals {
  readonly cases: number;
  readonly requests: number;
  readonly leaks: number;
  readonly changes: number;
  readonly unanswered: number;
  readonly problems: number;
}

export function totalsOf(groups: readonly GroupReport[]): Totals {
  const cases = groups.flatMap((group) => group.cases);
  const sum = (count: (each: CaseReport) => number): number => cases.reduce((total, each) => total + count(each), 0);
  return {
    cases: cases.length,
    requests: sum(({ exchanges }) => exchanges.length),
    leaks: sum(({ leaks }) => leaks.length),
    changes: groups.reduce((total, { changes }) => total + changes.length, 0),
    unanswered: sum(({ unanswered }) => (unanswered === undefined ? 0 : 1)),
    problems: sum(({ problems }) => problems.length),
  };
}

/** Whether the proof holds. A proof of nothing does not, nor one that does not notice a guard's absence. */
export function holds({ groups, guards }: ProofReport): boolean {
  if (guards && guards.unnoticed.length > 0) return false;
  const { cases, leaks, changes, unanswered, problems } = totalsOf(groups);
  return cases > 0 && leaks + changes + unanswered + problems === 0 && groups.every((group) => group.cases.length > 0);
}

/** `ids: 1,440 cases, 0 leaks, 0 changes, 0 unanswered` */
export function lineOf(group: GroupReport): string {
  const { cases, leaks, changes, unanswered, problems } = totalsOf([group]);
  const count = (number: number, word: string): string => `${number.toLocaleString('en')} ${word}`;
  return `${group.name}: ${[
    count(cases, 'cases'),
    count(leaks, 'leaks'),
    count(changes, 'changes'),
    count(unanswered, 'unanswered'),
    ...(problems > 0 ? [count(problems, 'other findings')] : []),
  ].join(', ')}`;
}

/** What went wrong, a line a finding. */
export function findingsOf(groups: readonly GroupReport[]): string[] {
  return groups.flatMap(({ name, cases, changes }) => [
    ...cases.flatMap((each) => [
      ...each.leaks.map((leak) => `${name} · ${each.name}: leaked ${leak}`),
      ...each.problems.map((problem) => `${name} · ${each.name}: ${problem}`),
      ...(each.unanswered === undefined ? [] : [`${name} · ${each.name}: no answer, ${each.unanswered}`]),
    ]),
    ...changes.map((change) => `${name}: stored ${change.slice(0, 400)}`),
  ]);
}
