import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setup } from '../test/support/run.ts';
import { type Cotenant, startCotenant } from '../test/support/start-cotenant.ts';
import { type Load, openLoad } from './load/open-load.ts';
import type { Bench, Part, Section } from './part.ts';

/** Runs parts, one after the other unless it is a glance, on one system where they share it. A part that throws is a section that says why. */
export async function runParts(
  parts: readonly (readonly [string, Part])[],
  { quick, peers }: Pick<Bench, 'quick' | 'peers'>,
): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cotenant-bench-'));
  const started: Cotenant[] = [];
  // A glance starts its systems from one that was deployed once.
  const tidyUp = quick ? await setup() : undefined;
  const start = async (): Promise<Cotenant> => {
    // On disk, as `npm start` keeps it.
    const cotenant = await startCotenant(quick ? {} : { folder, demo: true, apps: true });
    started.push(cotenant);
    return cotenant;
  };
  let shared: Promise<Cotenant> | undefined;
  let load: Load | undefined;
  const bench: Bench = {
    quick,
    peers,
    system: () => (shared ??= start()),
    load: (job) => (load ??= openLoad()).run(job),
    say: (line) => process.stderr.write(`  ${line}\n`),
  };
  const run = async ([name, part]: readonly [string, Part]): Promise<Section> => {
    const from = performance.now();
    process.stderr.write(`● ${name}\n`);
    const section = await sectionOf(name, () => part(bench));
    bench.say(`(${name}: ${((performance.now() - from) / 1000).toFixed(1)} s)`);
    return section;
  };
  try {
    // The first begins with nothing, which others would be in the way of. A glance's times say nothing, so parts may share the machine.
    const [first, ...others] = parts;
    if (!first) return [];
    return [await run(first), ...(await inOrder(others, quick ? 3 : 1, run))];
  } finally {
    await load?.close();
    await Promise.all(started.map((cotenant) => cotenant.stop()));
    await rm(folder, { recursive: true, force: true });
    await tidyUp?.();
  }
}

/** Runs so many at a time, and answers in their order. */
async function inOrder<Task, Result>(
  tasks: readonly Task[],
  atOnce: number,
  run: (task: Task) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = tasks.entries();
  const work = async (): Promise<void> => {
    for (const [index, task] of waiting) results[index] = await run(task);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

async function sectionOf(name: string, run: () => Promise<Section>): Promise<Section> {
  try {
    return await run();
  } catch (error) {
    const reason = error instanceof Error ? error.stack ?? error.message : String(error);
    return { title: name, text: 'Could not be measured.', errors: [`${name}: ${reason}`] };
  }
}
