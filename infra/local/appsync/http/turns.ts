/** Requests of one caller that are worked on at a time. More would not be quicker: one process works on all. */
const atOnce = 4;
/** Milliseconds after which a request waits no longer for others of its caller: they may be waiting for it. */
const longestWait = 1000;

/** Says that a request is done. */
export type EndTurn = () => void;

/**
 * Lets each caller have a few requests worked on at a time, so that one who sends many keeps no other waiting behind all of them, as
 * none does at AWS, where there are many machines.
 */
export class Turns {
  readonly #callers = new Map<string, Queue>();

  async take(caller: string): Promise<EndTurn> {
    const queue = this.#callers.get(caller) ?? { running: 0, waiting: new Set() };
    this.#callers.set(caller, queue);
    if (queue.running < atOnce) queue.running += 1;
    else await inTurn(queue);
    return () => this.#end(caller, queue);
  }

  #end(caller: string, queue: Queue): void {
    queue.running -= 1;
    const [next] = queue.waiting;
    if (next && queue.running < atOnce) next();
    else if (queue.running === 0) this.#callers.delete(caller);
  }
}

interface Queue {
  running: number;
  /** In the order in which they came. */
  readonly waiting: Set<() => void>;
}

function inTurn(queue: Queue): Promise<void> {
  return new Promise((resolve) => {
    const start = (): void => {
      clearTimeout(timer);
      queue.waiting.delete(start);
      queue.running += 1;
      resolve();
    };
    const timer = setTimeout(start, longestWait);
    queue.waiting.add(start);
  });
}
