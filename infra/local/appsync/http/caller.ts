/** Who sends requests: all that have one credential. */
export interface Caller {
  running: number;
  /** In the order in which they came. */
  readonly waiting: Set<() => void>;
  /** Runs while something waits. */
  timer: NodeJS.Timeout | undefined;
  /** When a request of it last began or ended. */
  movedAt: number;
  /** How much it has sent of late: the requests that began, each worth half as much after `halfLife`. */
  weight: number;
  weighedAt: number;
}

/** Milliseconds. */
const halfLife = 100;

export function createCaller(now: number): Caller {
  return { running: 0, waiting: new Set(), timer: undefined, movedAt: now, weight: 0, weighedAt: now };
}

/** A request of it begins. */
export function note(caller: Caller, now: number): void {
  caller.weight = weightAt(caller, now) + 1;
  caller.weighedAt = now;
  caller.movedAt = now;
}

/** Whether one has sent less than half of what another has. */
export function isLighter(one: Caller, other: Caller, now: number): boolean {
  return one !== other && weightAt(one, now) * 2 < weightAt(other, now);
}

function weightAt({ weight, weighedAt }: Caller, now: number): number {
  return weight * 2 ** ((weighedAt - now) / halfLife);
}

/** Nothing of it waits any longer. */
export function settle(caller: Caller): void {
  clearInterval(caller.timer);
  caller.timer = undefined;
}
