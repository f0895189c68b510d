import type { Caller } from '../load/job.ts';
import type { Shop } from '../shops/shop.ts';
import type { Operation } from './operations.ts';

/** A server that is measured, or the engine alone. */
export interface Target {
  readonly name: string;
  readonly url: string;
  /** The processes that serve, by what is told of them in the table: each with those that descend from it. */
  readonly processes: Readonly<Record<string, number>>;
  readonly callers: (operation: Operation, shops: readonly Shop[]) => readonly Caller[];
  /** No credential is to be used twice. */
  readonly credentialsOnce?: boolean;
  /** Operations that it cannot do, and why. */
  readonly lacks?: Readonly<Partial<Record<Operation['name'], string>>> | undefined;
}
