import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, openConnection } from './connection.ts';
import { cpuBetween, type CpuByRole, cpuOfTree } from './cpu.ts';
import type { Ready, Source, Verdict } from './cycle.ts';
import type { Job, LoadResult } from './job.ts';
import { createRecorder, type Recorder } from './recorder.ts';

/** Milliseconds between two looks whether there were enough journeys, and after a request without an answer. */
const look = 50;
/** Seconds after which a load ends, however few journeys there were. */
const longest = 60;

/** Sends journeys over all connections, each connection's one after the other, and measures those within the time after the warm-up. */
export async function drive(job: Job, next: Source): Promise<LoadResult> {
  const recorder = createRecorder(() => performance.now());
  const { record } = recorder;
  const connections = Array.from({ length: job.connections }, () => openConnection(job.url));
  const stop = new AbortController();
  const users = Promise.all(connections.map((connection) => use(connection, next, recorder, stop.signal)));
  // A plan that cannot go on is told at the end, like all else.
  users.catch(() => undefined);

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
  stop.abort();
  await users;
  await Promise.all(connections.map((connection) => connection.close()));

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

/** One user: a journey after the other until it is stopped. */
async function use(connection: Connection, next: Source, recorder: Recorder, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const steps = next();
    const from = performance.now();
    try {
      recorder.ended(from, await walk(connection, steps));
    } catch (error) {
      recorder.fail(`No answer: ${error instanceof Error ? error.message : String(error)}`);
      await sleep(look);
    }
  }
}

async function walk(connection: Connection, steps: readonly Ready[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { headers, body, judge } of steps) {
    const answer = await connection.post(headers, body);
    verdicts.push(judge(answer.status, answer.body));
  }
  return verdicts;
}

async function readCpu({ processes }: Job): Promise<[string, CpuByRole][]> {
  return await Promise.all(
    Object.entries(processes).map(async ([name, pid]): Promise<[string, CpuByRole]> => [name, await cpuOfTree(pid)]),
  );
}
