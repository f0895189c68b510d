import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Job, LoadResult } from './job.ts';

/** Runs a job in a process of its own. Errors of requests are in the result; a load that could not run is thrown. */
export async function startLoad(job: Job): Promise<LoadResult> {
  const child = spawn(process.execPath, ['bin/run.mjs', 'bench/load/load.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  child.stdin.end(JSON.stringify(job));
  const output = await text(child.stdout);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`The load of ${job.url} ended with ${code ?? 'a signal'}; the reason is above`);
  return JSON.parse(output) as LoadResult;
}
