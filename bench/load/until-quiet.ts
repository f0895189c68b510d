import { setTimeout as sleep } from 'node:timers/promises';
import { cpuBetween, cpuOfTree } from './cpu.ts';

const look = 400;
/** Of one CPU, by which a system that nobody asks anything is known. */
const quietShare = 0.15;
const longest = 60_000;

/** Waits till what the requests before have started, streams for one, is done: it would be counted with those that follow. */
export async function untilQuiet(pid: number): Promise<void> {
  const end = Date.now() + longest;
  for (;;) {
    const before = await cpuOfTree(pid);
    await sleep(look);
    const { host, engine, functions, other } = cpuBetween(before, await cpuOfTree(pid));
    if (host + engine + functions + other < (quietShare * look) / 1000) return;
    if (Date.now() > end) throw new Error(`The system was still busy ${longest / 1000} s after the last request`);
  }
}
