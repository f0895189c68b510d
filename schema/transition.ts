/**
 * An item of Transitions: a tenant on its way out, or from one stack to another. A tenant has at most one, and it is there only while
 * the transition goes on: that it can be written is the lock. The control plane's resolvers write it, functions/transitions
 * takes it from step to step, and both take its form from here.
 */
import type {
  MoveStatus,
  MoveStep,
  OffboardingStep,
  TenantLimits,
  TenantMove,
  TenantStatus,
  Tier,
} from '../generated/control-plane.ts';

interface Common {
  readonly tenantId: string;
  readonly transitionId: string;
  /** One more with each step recorded: what a step found is written only if nobody else was quicker. */
  readonly revision: number;
  /** Puts it into the index `due`, by which the schedule finds what waits, and what an event was lost of. */
  readonly agenda: 'DUE';
  /** When there is something to be done again. */
  readonly dueAt: string;
  readonly startedAt: string;
  /** The operator's id. */
  readonly startedBy: string;
  /** The stack that the tenant lived in when it began. */
  readonly fromStack: string;
  /** Why the step failed when it was tried last; gone as soon as it succeeds. */
  readonly failure?: string;
  /** When that step failed first. */
  readonly failingSince?: string;
  /** How far a step of many parts has come. */
  readonly cursor?: Cursor;
  /** The provisioning run that is awaited. */
  readonly runId?: string;
}

/** A place in a tenant's data: which part of it, which of its shards, and the sort key after which to go on. */
export interface Cursor {
  readonly part: string;
  readonly shard?: number;
  readonly after?: string;
  /** Of what comes before this place, by part, where a step sums up. */
  readonly sums?: Sums;
}

export interface OffboardingItem extends Common {
  readonly kind: 'OFFBOARDING';
  readonly step: OffboardingStep;
  /** What the tenant is again if the offboarding is cancelled. */
  readonly statusBefore: TenantStatus;
  readonly purgeAt: string;
  /** What has been exported so far. */
  readonly files: readonly ExportedFile[];
}

/** A file of an export: JSON lines. */
export interface ExportedFile {
  readonly key: string;
  /** `products`, `orders`, `users`, `audit` or `tenant` */
  readonly part: string;
  readonly items: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface MoveItem extends Common {
  readonly kind: 'MOVE';
  readonly step: MoveStep;
  readonly toStack: string;
  readonly fromTier: Tier;
  readonly toTier: Tier;
  /** The limits of the tiers; a tenant with limits of its own keeps those. */
  readonly fromLimits: TenantLimits;
  readonly toLimits: TenantLimits;
  /** Whether the tenant goes back to where it came from. */
  readonly isReturn: boolean;
  /** Why it is being undone before its end. */
  readonly cause?: string;
  /** Why the tenant, which was to go back, is still where it moved to. */
  readonly returnFailure?: string;
  /** Since when writes are held. */
  readonly heldAt?: string;
  /** The source's rows as they were copied, by table. */
  readonly copied?: Sums;
  readonly cutOverAt?: string;
  /** The operators who have confirmed it, and who want it undone. */
  readonly confirmedBy?: string;
  readonly revertBy?: string;
}

/** What tells whether two copies of a tenant's rows are the same. */
export interface TableSum {
  readonly items: number;
  /** A chain over the rows in their order, in hexadecimal: SHA-256 of the sum before and the row. */
  readonly sha256: string;
}

export type Sums = Readonly<Record<string, TableSum>>;

export type TransitionItem = OffboardingItem | MoveItem;

export interface Start {
  readonly tenantId: string;
  readonly transitionId: string;
  readonly startedBy: string;
  readonly fromStack: string;
  /** ISO 8601. */
  readonly now: string;
}

function common({ now, ...start }: Start) {
  return { ...start, revision: 1, agenda: 'DUE', dueAt: now, startedAt: now } as const;
}

/** An offboarding that begins. */
export function newOffboarding(
  start: Start,
  { statusBefore, purgeAt }: Pick<OffboardingItem, 'statusBefore' | 'purgeAt'>,
): OffboardingItem {
  return { ...common(start), kind: 'OFFBOARDING', step: 'SUSPEND', statusBefore, purgeAt, files: [] };
}

/** A move that begins. */
export function newMove(
  start: Start,
  move: Pick<MoveItem, 'toStack' | 'fromTier' | 'toTier' | 'fromLimits' | 'toLimits'>,
): MoveItem {
  return { ...common(start), ...move, kind: 'MOVE', step: 'PROVISION', isReturn: false };
}

/** What each step means for the tenant's people. */
const messages: Readonly<Record<MoveStep, string>> = {
  PROVISION: 'The new stack is being made; the tenant works as before.',
  COPY_USERS: 'Accounts are made in the new pool of users, without mail; people sign in as before.',
  COPY_DATA: 'Products and orders are being copied; the tenant works as before.',
  HOLD_WRITES: 'Writes are told to come again in a moment; reading works.',
  COPY_CHANGES: 'What changed meanwhile is being copied; writes are held.',
  VERIFY: 'Counts and checksums of both copies are compared; writes are held.',
  SWITCH_USERS: 'Accounts are being switched; writes are held.',
  CUT_OVER: 'The new stack is about to take over; writes are held.',
  INVITE_USERS: 'The new stack works; people are mailed temporary passwords, as passwords cannot be copied.',
  CONFIRM: 'The new stack works; people sign in there anew. The old copy is kept until confirmMove or revertMove.',
  ROLL_BACK: 'The move is being undone; the tenant works where it was.',
  REMOVE_STACK: 'The copy that is not needed any more is being removed.',
  REMOVE_DATA: 'The copy that is not needed any more is being removed.',
  REMOVE_USERS: 'The accounts that are not needed any more are being removed.',
  DONE: 'Nothing is left to do.',
};

/** What a tenant shows of its move. A return shows the move that it undoes. */
export function moveSummary(item: MoveItem): TenantMove {
  const { isReturn, fromStack, toStack, fromTier, toTier, step, cause, failure, returnFailure, cutOverAt } = item;
  const why = failure ?? cause ?? returnFailure;
  return {
    fromStack: isReturn ? toStack : fromStack,
    toStack: isReturn ? fromStack : toStack,
    fromTier: isReturn ? toTier : fromTier,
    toTier: isReturn ? fromTier : toTier,
    status: moveStatus(item),
    step,
    message: messages[step],
    ...(why !== undefined ? { failure: why } : {}),
    startedAt: item.startedAt,
    ...(cutOverAt !== undefined ? { cutOverAt } : {}),
  };
}

function moveStatus({ step, cause, isReturn, confirmedBy }: MoveItem): MoveStatus {
  if (step === 'DONE' && isReturn) return 'REVERTED';
  if (step === 'DONE') return cause === undefined ? 'COMPLETED' : 'FAILED';
  if (step === 'CONFIRM' && confirmedBy === undefined) return 'WAITING_FOR_CONFIRMATION';
  return isReturn || cause !== undefined ? 'REVERTING' : 'RUNNING';
}
