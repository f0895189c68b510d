import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Part } from '../parts.ts';
import { synthesizeParts } from './synthesize-apart.ts';

/** What each part of the CDK app is made from; infra/local and most of infra/start are not part of what it deploys. */
const shared = [
  'schema',
  'functions',
  'infra/parts.ts',
  'infra/synthesize.ts',
  'infra/start/synthesize-parts.ts',
  'infra/stacks',
  'infra/constructs',
  'infra/release',
  'package.json',
  'package-lock.json',
];
const sources: Readonly<Record<Part, readonly string[]>> = {
  'control-plane': [...shared, 'resolvers'],
  provisioning: [...shared, 'resolvers'],
  apps: [...shared, 'apps', 'codegen.ts', 'vite.config.ts'],
};

interface Place {
  readonly part: Part;
  readonly folder: string;
  readonly draft: string;
}

/** The folders of the parts' assemblies. */
export interface Assemblies {
  readonly controlPlane: Promise<string>;
  readonly provisioning: Promise<string>;
  readonly apps: Promise<string> | undefined;
}

/**
 * Parts of the synthesized CDK app: for each the folder of an earlier synth where nothing has changed since, else of a new one, which
 * has begun when this returns. An assembly each, so that one is deployed while the next is made. Without the checks of
 * templates, which take longer than all else together: tests and deployments to AWS make them.
 */
export function loadAssemblies(projectFolder: string, { apps }: { readonly apps: boolean }): Assemblies {
  const assemblies = join(projectFolder, '.local', 'assemblies');
  mkdirSync(assemblies, { recursive: true });
  const place = (part: Part): Place => {
    const folder = join(assemblies, `${part}-${fingerprint(projectFolder, sources[part])}`);
    return { part, folder, draft: `${folder}.${process.pid}` };
  };
  const places = {
    controlPlane: place('control-plane'),
    provisioning: place('provisioning'),
    apps: apps ? place('apps') : undefined,
  };
  const missing = Object.values(places).flatMap((wanted) => (wanted && !existsSync(wanted.folder) ? [wanted] : []));
  const made = synthesizeParts(projectFolder, new Map(missing.map(({ part, draft }) => [part, draft])));
  const load = ({ part, folder, draft }: Place): Promise<string> => {
    const assembly = made.get(part)?.then(() => keep(draft, folder)) ?? Promise.resolve(folder);
    // Awaited later: a failure before then is not unhandled.
    assembly.catch(() => undefined);
    return assembly;
  };
  return {
    controlPlane: load(places.controlPlane),
    provisioning: load(places.provisioning),
    apps: places.apps && load(places.apps),
  };
}

async function keep(draft: string, folder: string): Promise<string> {
  // Another start may have been quicker.
  await rename(draft, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(draft, { recursive: true, force: true });
  });
  return folder;
}

function fingerprint(projectFolder: string, wanted: readonly string[]): string {
  const hash = createHash('sha256');
  // The API key's end moves with the month.
  hash.update(new Date().toISOString().slice(0, 7));
  for (const source of wanted) {
    for (const file of filesBelow(join(projectFolder, source))) {
      hash.update(`${relative(projectFolder, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(path: string): string[] {
  if (/\.\w+$/.test(path)) return path.endsWith('.test.ts') ? [] : [path];
  const entries = readdirSync(path, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  return entries.flatMap((entry) => filesBelow(join(path, entry.name)));
}
