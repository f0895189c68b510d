/** A guard, and what is in its place when it is taken out. */
export interface Guard {
  /** `the tenant in the key of its data` */
  readonly name: string;
  readonly file: string;
  /** Occurs once in the file, so that a guard that moved is noticed too. */
  readonly find: string;
  readonly replacement: string;
  readonly noticedBy: Groups | UnitTest;
}

/** Groups of the proof, run against a whole system without the guard: each has to find something. */
export interface Groups {
  readonly groups: readonly string[];
}

/** One test, by its file and its full name: it has to fail by an assertion of its own. Seconds, where a system takes half a minute. */
export interface UnitTest {
  readonly test: string;
  readonly named: string;
  /** What has to be copied for the test to come to the guard, if more than its own folder. */
  readonly part?: string;
}

export interface GroupGuard extends Guard {
  readonly noticedBy: Groups;
}

export interface TestGuard extends Guard {
  readonly noticedBy: UnitTest;
}

/** Guards of one kind: a table of docs/security.md. */
export interface Area {
  readonly title: string;
  readonly guards: readonly Guard[];
}

export const isGroupGuard = (guard: Guard): guard is GroupGuard => 'groups' in guard.noticedBy;
export const isTestGuard = (guard: Guard): guard is TestGuard => 'test' in guard.noticedBy;
