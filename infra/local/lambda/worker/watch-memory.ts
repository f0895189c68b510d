/** A process of its own takes this, without any worker. */
const processMegabytes = 96;
/** A worker takes this beside what MemorySize bounds: its stack, its code, what V8 keeps for it. */
const workerMegabytes = 32;
const interval = 50;

export interface MemoryWatch {
  open(worker: number, memorySize: number): void;
  /** It runs an event from now on: only then memory can grow much. */
  begin(worker: number): void;
  end(worker: number): void;
  close(worker: number): void;
}

/**
 * Ends the process when it takes more memory than all its workers together may. V8 bounds a worker's heap by itself, but
 * neither buffers nor WebAssembly's memory, which MemorySize is to bound too.
 */
export function watchMemory(): MemoryWatch {
  const sizes = new Map<number, number>();
  const working = new Set<number>();
  let timer: NodeJS.Timeout | undefined;

  const check = (): void => {
    let megabytes = processMegabytes;
    for (const size of sizes.values()) megabytes += size + workerMegabytes;
    if (process.memoryUsage.rss() < megabytes * 1024 * 1024) return;
    process.stderr.write('out of memory\n', () => process.kill(process.pid, 'SIGKILL'));
  };
  const end = (worker: number): void => {
    working.delete(worker);
    if (working.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    open: (worker, memorySize) => void sizes.set(worker, memorySize),
    begin(worker) {
      working.add(worker);
      timer ??= setInterval(check, interval);
    },
    end,
    close(worker) {
      sizes.delete(worker);
      end(worker);
    },
  };
}
