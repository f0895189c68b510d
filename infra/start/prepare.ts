import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { type Assemblies, loadAssemblies } from './assembly.ts';
import { claimFolder } from './claim-folder.ts';
import { explained } from './explain.ts';
import { parseOptions, type StartOptions, usage } from './options.ts';

export interface Prepared {
  readonly options: StartOptions;
  /** Where all state is kept; this process's own till `giveBack`. */
  readonly folder: string;
  readonly giveBack: () => void;
  readonly assemblies: Assemblies;
}

/**
 * The start's first step: undefined where only help was wanted. CDK begins its work in a process of its own, while this one bundles and
 * loads the local cloud.
 */
export async function prepare(argv: readonly string[]): Promise<Prepared | undefined> {
  return await explained(async () => {
    const options = parseOptions(argv);
    if (!options) {
      process.stdout.write(usage);
      return undefined;
    }
    const folder = await chooseFolder(options);
    await mkdir(folder, { recursive: true });
    const giveBack = claimFolder(folder);
    if (options.reset) await empty(folder);
    process.stdout.write(pc.dim('Starting the local cloud and deploying to it …\n'));
    const assemblies = loadAssemblies(process.cwd(), options);
    return { options, folder, giveBack, assemblies };
  });
}

async function chooseFolder({ ephemeral, folder }: StartOptions): Promise<string> {
  if (ephemeral) return await mkdtemp(join(tmpdir(), 'cotenant-'));
  return folder === undefined ? join(process.cwd(), '.local', 'cloud') : resolve(folder);
}

async function empty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  claimFolder(folder);
}
