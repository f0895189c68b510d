import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setup } from '../test/support/run.ts';
import { type Cotenant, startCotenant } from '../test/support/start-cotenant.ts';
import { type Load, openLoad } from './load/open-load.ts';
import type { Bench, Part, Section } from './part.ts';

/** Runs parts one after the other, on one system where they share it. A part that throws is a section that says why. */
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
  const sections: Section[] = [];
  try {
    for (const [name, part] of parts) {
      const from = performance.now();
      process.stderr.write(`● ${name}\n`);
      sections.push(await sectionOf(name, () => part(bench)));
      bench.say(`(${((performance.now() - from) / 1000).toFixed(1)} s)`);
    }
  } finally {
    await load?.close();
    await Promise.all(started.map((cotenant) => cotenant.stop()));
    await rm(folder, { recursive: true, force: true });
    await tidyUp?.();
  }
  return sections;
}

async function sectionOf(name: string, run: () => Promise<Section>): Promise<Section> {
  try {
    return await run();
  } catch (error) {
    const reason = error instanceof Error ? error.stack ?? error.message : String(error);
    return { title: name, text: 'Could not be measured.', errors: [`${name}: ${reason}`] };
  }
}
