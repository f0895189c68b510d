import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Job, LoadResult } from './job.ts';

export interface Load {
  /** Errors of requests are in the result; a load that could not run is thrown. */
  run(job: Job): Promise<LoadResult>;
  close(): Promise<void>;
}

/** The process that sends requests, one job at a time. */
export function openLoad(): Load {
  const child = spawn(process.execPath, ['bin/run.mjs', 'bench/load/load.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async run(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`The load ended while it loaded ${job.url}; the reason is above`);
      return JSON.parse(value) as LoadResult;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
