import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What the CDK app is made from; infra/local and infra/start are not part of what it deploys. */
const sources = [
  'schema',
  'resolvers',
  'functions',
  'infra/app.ts',
  'infra/synthesize.ts',
  'infra/stacks',
  'infra/constructs',
  'infra/release',
  'package.json',
  'package-lock.json',
];
const appSources = ['apps', 'codegen.ts', 'vite.config.ts'];

/**
 * The synthesized CDK app: the folder of an earlier synth where nothing has changed since, else a new one. Without the checks of
 * templates, which take longer than all else together: tests and deployments to AWS make them.
 */
export async function loadAssembly(projectFolder: string, { apps }: { readonly apps: boolean }): Promise<string> {
  const assemblies = join(projectFolder, '.local', 'assemblies');
  const wanted = apps ? [...sources, ...appSources] : sources;
  const folder = join(assemblies, `${await fingerprint(projectFolder, wanted)}${apps ? '' : '-no-apps'}`);
  if (existsSync(folder)) return folder;
  await mkdir(assemblies, { recursive: true });
  const draft = `${folder}.${process.pid}`;
  await synthesize(projectFolder, draft, apps);
  // Another start may have been quicker.
  await rename(draft, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(draft, { recursive: true, force: true });
  });
  return folder;
}

async function fingerprint(projectFolder: string, wanted: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  // The API key's end moves with the month.
  hash.update(new Date().toISOString().slice(0, 7));
  for (const source of wanted) {
    for (const file of await filesBelow(join(projectFolder, source))) {
      hash.update(`${relative(projectFolder, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesBelow(path: string): Promise<string[]> {
  if (/\.\w+$/.test(path)) return path.endsWith('.test.ts') ? [] : [path];
  const entries = await readdir(path, { withFileTypes: true });
  const below = await Promise.all(
    entries.sort((left, right) => (left.name < right.name ? -1 : 1)).map((entry) => filesBelow(join(path, entry.name))),
  );
  return below.flat().filter((file) => !file.endsWith('.test.ts'));
}

/** In a process of its own: CDK takes some 400 MB, which are free again when it ends. */
async function synthesize(projectFolder: string, outdir: string, apps: boolean): Promise<void> {
  const environment = { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false', COTENANT_APPS: String(apps) };
  const child = spawn(process.execPath, ['bin/run.mjs', 'infra/app.ts'], {
    cwd: projectFolder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new Error(`The CDK app could not be synthesized:\n${output}`);
}
