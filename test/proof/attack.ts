import type { Subject } from './subjects.ts';

/** One request and what came back. Tokens are told by whose they are, never shown. */
export interface Exchange {
  readonly as: string;
  readonly sent: string;
  readonly status: number;
  readonly answer: string;
  readonly milliseconds: number;
}

/** One attempt on somebody's data or rights. */
export interface Attack {
  /** What is attempted, unique within its group. */
  readonly name: string;
  /** Whose data may not appear in an answer; absent where an attack is aimed at nobody's. */
  readonly victim?: Subject;
  run(): Promise<readonly Exchange[]>;
  /** What is wrong with the answers, beside a leak: `[]` when all is as it should be. */
  judge(exchanges: readonly Exchange[]): readonly string[];
}

/** Attacks of one kind. Between its start and its end nothing of any victim may change. */
export interface AttackGroup {
  readonly name: string;
  readonly claim: string;
  attacks(): Iterable<Attack> | AsyncIterable<Attack>;
}
