import { type Caller, createCaller, isLighter, note, settle } from './caller.ts';

/** Requests of one caller that are worked on at a time, if it is alone. More would not be quicker: one process works on all. */
const atOnce = 4;
/** Milliseconds for which a caller counts as there after its last request. */
const restFor = 100;
/** Milliseconds for which a caller waits at most while lighter ones are served. */
const longestYield = 20;
/** Milliseconds without the end of any of a caller's requests after which the next one begins: those may be waiting for it. */
const longestWait = 1000;

/** Says that a request is done. */
export type EndTurn = () => void;

/**
 * Shares the work among callers. One that is alone has a few requests worked on at a time, several have their equal parts of these, each at
 * least one; and who has sent many begins none while one who has sent few is served. So a caller that floods keeps no other waiting, as none does
 * at AWS, where there are many machines.
 */
export class Turns {
  readonly #busy = new Map<string, Caller>();
  /** Those who have just been served, the longest ago first. */
  readonly #resting = new Map<string, Caller>();
  readonly #waiting = new Set<Caller>();

  async take(name: string): Promise<EndTurn> {
    const caller = this.#callerOf(name);
    await new Promise<void>((resolve) => {
      caller.waiting.add(resolve);
      this.#fill(caller);
      if (caller.waiting.size === 0) return;
      this.#waiting.add(caller);
      caller.timer ??= setInterval(() => this.#goOn(caller), longestYield);
    });
    return () => this.#end(name, caller);
  }

  #callerOf(name: string): Caller {
    const now = performance.now();
    for (const [rested, { movedAt }] of this.#resting) {
      if (now - movedAt <= restFor) break;
      this.#resting.delete(rested);
    }
    const caller = this.#busy.get(name) ?? this.#resting.get(name) ?? createCaller(now);
    this.#resting.delete(name);
    this.#busy.set(name, caller);
    return caller;
  }

  #fill(caller: Caller): void {
    const share = Math.max(1, Math.floor(atOnce / (this.#busy.size + this.#resting.size)));
    while (caller.waiting.size > 0 && caller.running < share && !this.#mustYield(caller)) this.#begin(caller);
  }

  #mustYield(caller: Caller): boolean {
    const now = performance.now();
    for (const other of this.#busy.values()) if (other.running > 0 && isLighter(other, caller, now)) return true;
    return false;
  }

  #begin(caller: Caller): void {
    const [next] = caller.waiting;
    if (!next) return;
    caller.waiting.delete(next);
    caller.running += 1;
    note(caller, performance.now());
    next();
    if (caller.waiting.size > 0) return;
    this.#waiting.delete(caller);
    settle(caller);
  }

  /** Whoever waits long goes on, whatever the others do. */
  #goOn(caller: Caller): void {
    const waited = performance.now() - caller.movedAt;
    if (waited >= (caller.running === 0 ? longestYield : longestWait)) this.#begin(caller);
  }

  #end(name: string, caller: Caller): void {
    caller.running -= 1;
    caller.movedAt = performance.now();
    this.#fill(caller);
    if (caller.running === 0 && caller.waiting.size === 0) {
      this.#busy.delete(name);
      this.#resting.set(name, caller);
    }
    for (const other of this.#waiting) if (other !== caller) this.#fill(other);
  }
}
