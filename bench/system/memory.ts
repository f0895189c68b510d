import { readdir, readFile } from 'node:fs/promises';

/** Resident bytes of a process and all its descendants; pages that they share are counted for each. Reads /proc, so Linux only. */
export async function memoryOfTree(root: number): Promise<number> {
  const processes = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(readStatus));
  const known = processes.filter((found) => found !== undefined);
  const tree = new Set([root]);
  for (let grown = true; grown; ) {
    const before = tree.size;
    for (const { pid, parent } of known) if (tree.has(parent)) tree.add(pid);
    grown = tree.size > before;
  }
  return known.filter(({ pid }) => tree.has(pid)).reduce((sum, { resident }) => sum + resident, 0);
}

async function readStatus(name: string): Promise<{ pid: number; parent: number; resident: number } | undefined> {
  // A process may end between the listing and the reading.
  const text = await readFile(`/proc/${name}/status`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const field = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { pid: Number(name), parent: field('PPid'), resident: field('VmRSS') * 1024 };
}
