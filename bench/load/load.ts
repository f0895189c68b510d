/**
 * Loads servers: for each line of its input, a `Job` as JSON, a line of its output, the `LoadResult`. A process of its own, so that the
 * CPU which its work takes is not counted as the server's; one for all jobs, so that its own code is compiled when it matters.
 */
import { createInterface } from 'node:readline/promises';
import { workloadSource } from '../workload/source.ts';
import { cycle } from './cycle.ts';
import { drive } from './drive.ts';
import type { Job, LoadResult } from './job.ts';

async function run(job: Job): Promise<LoadResult> {
  const { plan } = job;
  return await drive(job, plan.kind === 'workload' ? workloadSource(plan) : cycle(plan));
}

for await (const line of createInterface(process.stdin))
  process.stdout.write(`${JSON.stringify(await run(JSON.parse(line) as Job))}\n`);
