/** Requests of one caller that are worked on at a time, if it is alone. More would not be quicker: one process works on all. */
const atOnce = 4;
/** Milliseconds for which a caller counts as there after its last request. */
const restFor = 100;
/** Milliseconds without the end of any of a caller's requests after which the next one begins: those may be waiting for it. */
const longestWait = 1000;

/** Says that a request is done. */
export type EndTurn = () => void;

interface Queue {
  running: number;
  /** In the order in which they came. */
  readonly waiting: Set<() => void>;
  /** Runs while something waits; begun anew by each end. */
  timer: NodeJS.Timeout | undefined;
  /** When its last request ended. */
  restsSince: number;
}

/**
 * Shares the work among callers: one that is alone has a few requests worked on at a time, several have their equal parts of these, and each at
 * least one. So one who sends many keeps no other waiting behind them, as none does at AWS, where there are many machines.
 */
export class Turns {
  readonly #busy = new Map<string, Queue>();
  /** Those who have just been served, the longest ago first. */
  readonly #resting = new Map<string, Queue>();

  async take(caller: string): Promise<EndTurn> {
    const queue = this.#queueOf(caller);
    await new Promise<void>((resolve) => {
      queue.waiting.add(resolve);
      this.#fill(queue);
      if (queue.waiting.size > 0) queue.timer ??= setTimeout(() => this.#begin(queue), longestWait);
    });
    return () => this.#end(caller, queue);
  }

  #queueOf(caller: string): Queue {
    const now = performance.now();
    for (const [name, { restsSince }] of this.#resting) {
      if (now - restsSince <= restFor) break;
      this.#resting.delete(name);
    }
    const known = this.#busy.get(caller) ?? this.#resting.get(caller);
    const queue = known ?? { running: 0, waiting: new Set(), timer: undefined, restsSince: 0 };
    this.#resting.delete(caller);
    this.#busy.set(caller, queue);
    return queue;
  }

  #share(): number {
    return Math.max(1, Math.floor(atOnce / (this.#busy.size + this.#resting.size)));
  }

  #fill(queue: Queue): void {
    const share = this.#share();
    while (queue.waiting.size > 0 && queue.running < share) this.#begin(queue);
  }

  #begin(queue: Queue): void {
    const [next] = queue.waiting;
    if (!next) return;
    queue.waiting.delete(next);
    queue.running += 1;
    next();
    if (queue.waiting.size > 0) queue.timer?.refresh();
    else {
      clearTimeout(queue.timer);
      queue.timer = undefined;
    }
  }

  #end(caller: string, queue: Queue): void {
    queue.running -= 1;
    this.#fill(queue);
    queue.timer?.refresh();
    if (queue.running > 0) return;
    queue.restsSince = performance.now();
    this.#busy.delete(caller);
    this.#resting.set(caller, queue);
  }
}
