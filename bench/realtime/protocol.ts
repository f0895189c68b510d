/** What the process of the subscribers is told, and what it tells: a line of JSON each. */

export interface Subscribers {
  readonly realtimeUrl: string;
  readonly host: string;
  /** By tenant: an access token of one of its people. */
  readonly tokens: readonly string[];
  readonly connectionsOfTenant: number;
}

export interface Heard {
  /** As `eventName` made it. */
  readonly name: string;
  /** The tenant of the subscriber. */
  readonly tenant: number;
  readonly connection: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export const eventName = (tenant: number, sequence: number): string => `event ${tenant} ${sequence}`;

/** Milliseconds since the epoch, as fine as the clock is. */
export const now = (): number => performance.timeOrigin + performance.now();
