import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { AwsError } from '../../../errors.ts';
import type { Principal } from '../../../service.ts';
import type { PipelineDependencies } from '../../dependencies.ts';
import { type Buildspec, parseBuildspec } from '../buildspec/parse-buildspec.ts';
import type { Build } from '../model.ts';
import { type BuildStore, logOf } from '../store.ts';
import { type BuildLog, createBuildLog } from './build-log.ts';
import { type BuildRecord, createBuildRecord, Interrupted, type Interruption } from './build-record.ts';
import { buildVariables, ownVariables } from './build-variables.ts';
import { downloadSource } from './download-source.ts';
import { runCommands } from './run-commands.ts';
import type { Shell } from './shell.ts';
import { startShell } from './shell.ts';
import { uploadArtifacts } from './upload-artifacts.ts';
import type { Watchdog } from './watchdog.ts';

export interface BuildRunner {
  readonly store: BuildStore;
  readonly dependencies: PipelineDependencies;
  readonly watchdog: Watchdog;
  /** Builds run in folders of their own below it. */
  readonly folder: string;
  /** The file of the local certificate authority. */
  readonly certificateAuthority: string;
}

/** Aborted with the Interruption as its reason. */
export type BuildSignal = AbortSignal & { readonly reason: Interruption };

/** Runs a build from PROVISIONING to COMPLETED in a fresh folder, which is gone afterwards. */
export async function runBuild(runner: BuildRunner, id: string, signal: BuildSignal): Promise<void> {
  const { store, dependencies } = runner;
  const log = createBuildLog(store.buildOf(id), dependencies.logs, dependencies.clock);
  const record = createBuildRecord(store, id, (build) => notePhase(log, build));
  const folder = join(runner.folder, id.slice(id.indexOf(':') + 1));
  let succeeded = false;
  try {
    succeeded = await runPhases(runner, record, log, folder, signal);
    await rm(folder, { recursive: true, force: true });
    await record.end(succeeded ? 'SUCCEEDED' : 'FAILED');
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!(error instanceof Interrupted)) throw error;
    // A host that stops leaves the build as one that dies does, once what it has come to is written.
    if (error.status === 'FAULT') await store.saveBuild(record.build);
    else await record.end(error.status);
  }
}

async function runPhases(
  runner: BuildRunner,
  record: BuildRecord,
  log: BuildLog,
  folder: string,
  signal: BuildSignal,
): Promise<boolean> {
  const { dependencies, store, watchdog } = runner;
  const { build } = record;
  let role: Principal | undefined;
  let buildspec: Buildspec | undefined;
  let shell: Shell | undefined;
  let start: (() => Promise<Shell>) | undefined;
  const source = join(folder, 'src');

  const provisioned = await record.phase('PROVISIONING', async () => {
    role = assumeServiceRole(runner, build);
    for (const name of ['src', 'home', 'tmp', 'scripts']) await mkdir(join(folder, name), { recursive: true });
    return undefined;
  });
  if (!provisioned || !role) return await finalize(record);
  const session = role;

  const downloaded = await record.phase('DOWNLOAD_SOURCE', async () => {
    requireRunning(signal);
    const sources = await downloadSource(build, session, folder, dependencies);
    record.change({ resolvedSourceVersion: sources.resolvedVersion });
    const spec = parseBuildspec(await readBuildspec(build, source));
    const own = ownVariables(build, spec, session, dependencies);
    const lifetime = (build.settings.timeoutInMinutes + 5) * 60_000;
    const credentials = dependencies.identity.issueCredentials(session, lifetime);
    log.hide([credentials.secretAccessKey, credentials.sessionToken, ...own.secrets]);
    const place = {
      source,
      secondarySources: sources.secondary,
      home: join(folder, 'home'),
      temporary: join(folder, 'tmp'),
      certificateAuthority: runner.certificateAuthority,
    };
    const { id } = build;
    const stream = logOf(build)?.stream ?? '';
    const identity = { build: record.build, arn: store.buildArn(id), log: stream };
    const variables = buildVariables(identity, place, own.values, credentials, dependencies.environment);
    buildspec = spec;
    start = () =>
      startShell({
        shell: spec.env.shell,
        folder: source,
        scripts: join(folder, 'scripts'),
        variables,
        exported: spec.env['exported-variables'],
        watchdog,
        onLine: log.line,
      });
    return undefined;
  });
  if (!downloaded || !buildspec || !start) return await finalize(record);

  const open = start;
  const exported = new Map<string, string>();
  const closeShell = async (): Promise<void> => {
    for (const [name, value] of Object.entries((await shell?.end()) ?? {})) exported.set(name, value);
    shell = undefined;
  };
  const kill = (): void => shell?.kill();
  signal.addEventListener('abort', kill);
  try {
    const commandsSucceeded = await runCommands(record, buildspec, {
      log,
      succeeding: async (succeeding) =>
        void (await shell?.run(`export CODEBUILD_BUILD_SUCCEEDING=${succeeding ? 1 : 0}`)),
      run: async (command) => {
        requireRunning(signal);
        if (shell?.ended) await closeShell();
        shell ??= await open();
        // What was aborted while the shell started has not killed it.
        if (signal.aborted) shell.kill();
        const status = await shell.run(command);
        requireRunning(signal);
        return status;
      },
    });
    await closeShell();
    requireRunning(signal);
    record.change({ exported: [...exported].map(([name, value]) => ({ name, value })) });
    if (commandsSucceeded === 'aborted') return await finalize(record);
    const spec = buildspec;
    const uploaded = await record.phase('UPLOAD_ARTIFACTS', async () => {
      // A build that failed uploads what there is: it may tell why.
      const upload = uploadArtifacts(record.build, spec, session, source, dependencies);
      record.change({
        artifactLocation: await (commandsSucceeded === 'succeeded' ? upload : upload.catch(() => undefined)),
      });
      return undefined;
    });
    await finalize(record);
    return uploaded && commandsSucceeded === 'succeeded';
  } finally {
    signal.removeEventListener('abort', kill);
    shell?.kill();
    await closeShell();
  }
}

async function finalize(record: BuildRecord): Promise<false> {
  await record.phase('FINALIZING', () => Promise.resolve(undefined));
  return false;
}

function requireRunning(signal: BuildSignal): void {
  if (signal.aborted) throw new Interrupted(signal.reason);
}

/** The service role's session, which must be able to write the build's log, as CodeBuild demands. */
function assumeServiceRole({ dependencies: { identity, environment } }: BuildRunner, build: Build): Principal {
  const own = build.id.slice(build.id.indexOf(':') + 1);
  const role = identity.assumeServiceRole(build.settings.serviceRole, 'codebuild.amazonaws.com', `AWSCodeBuild-${own}`);
  const log = logOf(build);
  if (log) {
    const { partition, region, accountId } = environment;
    const arn = `arn:${partition}:logs:${region}:${accountId}:log-group:${log.group}:log-stream:${log.stream}`;
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) identity.authorize(role, action, arn);
  }
  return role;
}

/** The text itself, or the name of a file of the source; buildspec.yml unless said. */
async function readBuildspec({ settings }: Build, source: string): Promise<string> {
  const given = settings.source.buildspec;
  if (given !== undefined && given !== '' && !/^[^\n:{]+\.ya?ml$/.test(given)) return given;
  const name = given || 'buildspec.yml';
  const path = resolve(source, name);
  if (relative(source, path).startsWith('..'))
    throw new AwsError('YAML_FILE_ERROR', `The buildspec ${name} is outside of the source`);
  return await readFile(path, 'utf8').catch(() => {
    throw new AwsError('YAML_FILE_ERROR', `stat ${name}: no such file or directory`);
  });
}

function notePhase(log: BuildLog, { phases }: Build): void {
  const phase = phases.at(-1);
  if (!phase) return;
  log.note(`Phase complete: ${phase.type} State: ${phase.status ?? ''}`);
  const { code = '', message = '' } = phase.context ?? {};
  log.note(`Phase context status code: ${code} Message: ${message}`);
}
