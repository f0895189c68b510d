import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { cpuBetween, type CpuByRole, cpuOfTree } from './cpu.ts';
import type { Source } from './cycle.ts';
import type { Job, LoadResult } from './job.ts';
import { createRecorder, type Recorder } from './recorder.ts';

/** Milliseconds between two looks of autocannon whether it is to stop. */
const look = 50;
/** Seconds after which a load ends, however few journeys there were. */
const longest = 60;

/** Sends journeys over all connections, each connection's one after the other, and measures those within the time after the warm-up. */
export async function drive(job: Job, next: Source, stepsPerJourney: number): Promise<LoadResult> {
  const recorder = createRecorder(next, stepsPerJourney, () => performance.now());
  const { record } = recorder;
  const ended = new EventEmitter();
  const end = once(ended, 'end');
  const instance = autocannon(optionsOf(job, recorder, stepsPerJourney), (error: unknown) =>
    ended.emit(error ? 'error' : 'end', error),
  );
  instance.on('reqError', (error: Error) => recorder.fail(`No answer: ${error.message}`));

  await sleep(job.warmUp * 1000);
  const before = await readCpu(job);
  const own = process.cpuUsage();
  const from = performance.now();
  recorder.openWindow();
  await sleep(job.seconds * 1000);
  // A slow machine is given the time that it needs: a rate of very few says nothing.
  while (record.times.length < job.least && performance.now() < from + longest * 1000) await sleep(look);
  recorder.closeWindow();
  const seconds = (performance.now() - from) / 1000;
  const spent = process.cpuUsage(own);
  const after = await readCpu(job);
  instance.stop();
  await end;

  // Autocannon opens a connection anew that the server has closed, and says nothing of it.
  const lost = record.sent - record.answered - job.connections;
  if (lost > 0) recorder.fail(`${lost} requests had no answer: their connections were closed`);
  if (record.times.length < job.least)
    recorder.fail(
      `${record.times.length} journeys ended well within ${seconds.toFixed(1)} s, expected at least ${job.least}`,
    );
  const { times, reasons, errors, conflicts } = record;
  return {
    seconds,
    done: times.length,
    times: times.map((time) => Math.round(time * 1000) / 1000),
    cpu: Object.fromEntries(
      before.map(([name, earlier], index) => [name, cpuBetween(earlier, after[index]?.[1] ?? earlier)]),
    ),
    loadCpu: (spent.user + spent.system) / 1e6,
    errors,
    reasons,
    conflicts,
  };
}

/** Autocannon gives each round of a connection a context object of its own, by which its journey is found again. */
function optionsOf(
  { url, connections, warmUp, seconds }: Job,
  recorder: Recorder,
  stepsPerJourney: number,
): autocannon.Options {
  return {
    url,
    connections,
    // It is stopped before.
    duration: warmUp + seconds + 2 * longest,
    sampleInt: look,
    requests: Array.from({ length: stepsPerJourney }, (_, index) => ({
      setupRequest: (request: object, context: object) => {
        const { headers, body } = recorder.stepOf(context, index);
        return { ...request, method: 'POST' as const, headers, body };
      },
      onResponse: (status: number, body: string, context: object) => recorder.answered(context, index, status, body),
    })),
  };
}

async function readCpu({ processes }: Job): Promise<[string, CpuByRole][]> {
  return await Promise.all(
    Object.entries(processes).map(async ([name, pid]): Promise<[string, CpuByRole]> => [name, await cpuOfTree(pid)]),
  );
}
