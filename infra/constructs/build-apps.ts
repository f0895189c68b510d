import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join, relative } from 'node:path';
import { projectFolder } from './bundle.ts';

/** What the apps are made from. */
const sources = ['apps', 'schema', 'codegen.ts', 'vite.config.ts', 'package-lock.json'];
const checksOnly = /\.test\.tsx?$|\.md$/;

/** Builds the three apps, unless an earlier build had the same sources, and answers the folder of the built site. */
export async function buildApps(): Promise<string> {
  const builds = join(projectFolder, '.local', 'apps');
  const folder = join(builds, await fingerprint());
  if (existsSync(folder)) return folder;
  await mkdir(builds, { recursive: true });
  const draft = `${folder}.${process.pid}`;
  await buildSite(draft);
  // Another build may have been quicker.
  await rename(draft, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(draft, { recursive: true, force: true });
  });
  return folder;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of await filesBelow(join(projectFolder, source))) {
      if (!checksOnly.test(file)) hash.update(`${relative(projectFolder, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!entries) return [path];
  const names = entries.map(({ name }) => name).sort();
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}

async function buildSite(outDir: string): Promise<void> {
  const child = spawn(process.execPath, ['bin/run.mjs', 'infra/constructs/build-site.ts', outDir], {
    cwd: projectFolder,
    // Whoever builds: a test runner's own NODE_ENV would put React's development build into the site.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whoever waits for what else is made at the same time waits longer than for the apps.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new Error(`The apps could not be built; the build ended with ${String(code)}:\n${output}`);
}
