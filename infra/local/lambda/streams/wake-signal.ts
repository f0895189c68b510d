import { setTimeout as sleep } from 'node:timers/promises';

/** Lets a loop sleep until something happens. What happens while it is awake is not missed: the next sleep is none. */
export interface WakeSignal {
  raise(): void;
  /** Resolves when raised, after the time, or when aborted. */
  wait(milliseconds: number, abort: AbortSignal): Promise<void>;
}

export function createWakeSignal(): WakeSignal {
  let raised = false;
  let wake: (() => void) | undefined;
  return {
    raise() {
      raised = true;
      wake?.();
    },
    async wait(milliseconds, abort) {
      if (!raised) {
        await new Promise<void>((resolve) => {
          const finish = () => {
            clearTimeout(timer);
            abort.removeEventListener('abort', finish);
            resolve();
          };
          const timer = setTimeout(finish, milliseconds);
          wake = finish;
          if (abort.aborted) finish();
          else abort.addEventListener('abort', finish, { once: true });
        });
        wake = undefined;
      }
      raised = false;
    },
  };
}

/** Sleeps; an abort ends it early. */
export async function pause(milliseconds: number, abort: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: abort }).catch((error: unknown) => {
    if (!abort.aborted) throw error;
  });
}
