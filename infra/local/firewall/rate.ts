const bucketsOfWindow = 60;

/** How many requests came within the window before now, to a sixtieth of the window. */
export class Rate {
  readonly #counts = new Uint32Array(bucketsOfWindow);
  readonly #bucketMilliseconds: number;
  #newest = 0;
  #sum = 0;

  constructor(windowSeconds: number) {
    this.#bucketMilliseconds = (windowSeconds * 1000) / bucketsOfWindow;
  }

  /** Counts one at that moment, and answers how many the window holds with it. */
  record(now: number): number {
    const bucket = Math.max(Math.floor(now / this.#bucketMilliseconds), this.#newest);
    const passed = Math.min(bucket - this.#newest, bucketsOfWindow);
    for (let step = 0; step < passed; step += 1) this.#empty((bucket - step) % bucketsOfWindow);
    this.#newest = bucket;
    const slot = bucket % bucketsOfWindow;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    this.#sum += 1;
    return this.#sum;
  }

  #empty(slot: number): void {
    this.#sum -= this.#counts[slot] ?? 0;
    this.#counts[slot] = 0;
  }
}
