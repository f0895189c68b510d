/**
 * Loads one server: a `Job` as JSON on the input, its `LoadResult` as JSON on the output. A process of its own, so that the CPU which
 * its work takes is not counted as the server's.
 */
import { text } from 'node:stream/consumers';
import { workloadSource } from '../workload/source.ts';
import { cycle } from './cycle.ts';
import { drive } from './drive.ts';
import type { Job } from './job.ts';

const job = JSON.parse(await text(process.stdin)) as Job;
const { plan } = job;
const result =
  plan.kind === 'cycle'
    ? await drive(job, cycle(plan), plan.callers[0]?.journeys[0]?.steps.length ?? 0)
    : await drive(job, workloadSource(plan), 1);
process.stdout.write(JSON.stringify(result));
