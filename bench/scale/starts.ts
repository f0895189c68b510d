import { setTimeout as sleep } from 'node:timers/promises';
import { startCotenant } from '../../test/support/start-cotenant.ts';
import { atMost, median, type Row } from '../report/figures.ts';
import { memoryOfTree } from '../system/memory.ts';

const bytesOfMegabyte = 1024 * 1024;

export interface Start {
  readonly tenants: number;
  /** Seconds and bytes, of each start. */
  readonly seconds: readonly number[];
  readonly secondsWithout: readonly number[];
  readonly memory: readonly number[];
}

/** The empty system and the other one by turns: what else the machine does changes meanwhile. */
export async function startsByTurns(
  empty: string,
  folder: string,
  { restarts, calm }: { readonly restarts: number; readonly calm: number },
): Promise<Omit<Start, 'tenants'>> {
  const found = { seconds: [] as number[], secondsWithout: [] as number[], memory: [] as number[] };
  for (let start = 0; start < restarts; start += 1) {
    found.secondsWithout.push((await startAlone(empty, 0)).seconds);
    const { seconds, memory } = await startAlone(folder, calm);
    found.seconds.push(seconds);
    found.memory.push(memory);
  }
  return found;
}

async function startAlone(
  folder: string,
  calm: number,
): Promise<{ readonly seconds: number; readonly memory: number }> {
  const from = performance.now();
  const cotenant = await startCotenant({ folder });
  const seconds = (performance.now() - from) / 1000;
  await sleep(calm);
  const memory = await memoryOfTree(cotenant.pid);
  await cotenant.stop();
  return { seconds, memory };
}

export function startRows(starts: readonly Start[]): Row[] {
  const few = starts[0] && { tenants: starts[0].tenants, memory: median(starts[0].memory) };
  return starts.flatMap(({ tenants, ...samples }, index) => {
    const isLargest = index === starts.length - 1;
    const memory = median(samples.memory);
    const ratio = median(samples.seconds) / median(samples.secondsWithout);
    const each = few && few.tenants < tenants ? (memory - few.memory) / (tenants - few.tenants) / 1024 : undefined;
    // What a tenant adds is lost in what a start happens to leave as garbage, where there are few.
    const tells = each !== undefined && each > 0;
    return [
      {
        name: `Restart with ${tenants} tenants, by an empty system’s (median of ${samples.seconds.length} each)`,
        figure: `${rangeOf(samples.seconds)} by ${rangeOf(samples.secondsWithout)}: ${ratio.toFixed(2)} times`,
        goal: isLargest ? atMost(2, ratio, ' times') : undefined,
      },
      {
        name: `Memory of all processes with ${tenants} tenants (median of ${samples.memory.length})`,
        figure: `${(memory / bytesOfMegabyte).toFixed(0)} MB${tells ? `, ${each.toFixed(1)} kB a tenant` : ''}`,
      },
    ];
  });
}

function rangeOf(seconds: readonly number[]): string {
  return `${median(seconds).toFixed(2)} s (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`;
}
