import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Section } from '../part.ts';
import { goalsTable } from './goals-table.ts';

/** Writes a report as README.md, with its pictures beside it instead of those of the report before. */
export async function writeReport(
  folder: string,
  provenance: string,
  sections: readonly Section[],
): Promise<{ readonly text: string; readonly file: string }> {
  const goals = sections.flatMap((section) => section.goals ?? []);
  const text = `${[
    '# What was measured',
    provenance,
    ...(goals.length > 0 ? [goalsTable(goals)] : []),
    ...sections.map((section) => `## ${section.title}\n\n${section.text.trim()}`),
  ].join('\n\n')}\n`;
  await mkdir(folder, { recursive: true });
  const before = (await readdir(folder)).filter((name) => name.endsWith('.svg'));
  await Promise.all(before.map((name) => rm(join(folder, name))));
  const pictures = sections.flatMap(({ pictures = {} }) => Object.entries(pictures));
  await Promise.all(pictures.map(([name, svg]) => writeFile(join(folder, name), svg)));
  const file = join(folder, 'README.md');
  await writeFile(file, text);
  return { text, file };
}
