import type { CpuByRole } from './cpu.ts';

/** What an answer has to be. Anything else is an error of the run, however quickly it came. */
export interface Expectation {
  /** The whole body. */
  readonly exactly?: string;
  /** Parts of the body. */
  readonly containing?: readonly string[];
}

/**
 * One HTTP request. In `body`, `{{now}}` becomes microseconds since the epoch and `{{id}}` a fresh ULID, the same ones in all
 * steps of a journey.
 */
export interface Step {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expected: Expectation;
}

/** What one user asks for at a time: its steps go over one connection, one after the other, and are timed together. */
export interface Journey {
  readonly steps: readonly Step[];
}

/** Who asks: each caller's headers and journeys are used in turn. */
export interface Caller {
  /** One is added to each step's own. */
  readonly credentials: readonly Readonly<Record<string, string>>[];
  readonly journeys: readonly Journey[];
}

export interface CyclePlan {
  readonly kind: 'cycle';
  readonly callers: readonly Caller[];
  /** No credential is to be used twice: the run fails when they run out. */
  readonly credentialsOnce?: boolean;
}

/** A tenant of a workload. */
export interface WorkloadTenant {
  readonly headers: Readonly<Record<string, string>>;
  readonly productIds: readonly string[];
}

export type WorkloadOperation = 'read' | 'update' | 'list' | 'order';

/** Operations drawn at their shares, on tenants and products drawn by Zipf's law, from a seed. */
export interface WorkloadPlan {
  readonly kind: 'workload';
  readonly seed: number;
  readonly theta: number;
  readonly shares: Readonly<Partial<Record<WorkloadOperation, number>>>;
  readonly tenants: readonly WorkloadTenant[];
}

export type Plan = CyclePlan | WorkloadPlan;

export interface Job {
  readonly url: string;
  readonly connections: number;
  /** Seconds that are not measured, and those that are. */
  readonly warmUp: number;
  readonly seconds: number;
  /** Journeys that are measured at least, however long that takes. */
  readonly least: number;
  readonly plan: Plan;
  /** The processes that serve: whose tree, by a name of the reader's choice. */
  readonly processes: Readonly<Record<string, number>>;
}

export interface LoadResult {
  readonly seconds: number;
  /** Journeys that ended well within the time. */
  readonly done: number;
  /** Milliseconds of each of them. */
  readonly times: readonly number[];
  /** CPU seconds within the time, of each tree of `processes` and of the load itself. */
  readonly cpu: Readonly<Record<string, CpuByRole>>;
  readonly loadCpu: number;
  /** Journeys that went wrong at any time, and why the first few did. */
  readonly errors: number;
  readonly reasons: readonly string[];
  /** Of a workload: updates that another one was quicker than, which is an answer as good as any. */
  readonly conflicts: number;
}
