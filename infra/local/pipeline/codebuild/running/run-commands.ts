import type { Buildspec, BuildspecPhase } from '../buildspec/parse-buildspec.ts';
import type { PhaseContext } from '../model.ts';
import type { BuildLog } from './build-log.ts';
import type { BuildRecord } from './build-record.ts';

interface Commands {
  readonly log: BuildLog;
  /** Answers the exit status. */
  run(command: string): Promise<number>;
  /** Tells the commands to come whether all went well so far. */
  succeeding(succeeding: boolean): Promise<void>;
}

const order = [
  ['INSTALL', 'install'],
  ['PRE_BUILD', 'pre_build'],
  ['BUILD', 'build'],
  ['POST_BUILD', 'post_build'],
] as const;

/**
 * Runs the four phases of commands. POST_BUILD follows BUILD whether or not that failed; any other failure ends the build,
 * unless the phase says CONTINUE. `aborted`: nothing is to be uploaded.
 * Source: CodeBuild user guide, "Build phase transitions" and the buildspec's on-failure.
 */
export async function runCommands(
  record: BuildRecord,
  { phases }: Buildspec,
  commands: Commands,
): Promise<'succeeded' | 'failed' | 'aborted'> {
  let failed = false;
  for (const [type, name] of order) {
    const phase = phases[name];
    const succeeded = await record.phase(type, async () => (phase ? await runPhase(phase, name, commands) : undefined));
    if (succeeded) continue;
    if (!failed) await commands.succeeding(false);
    failed = true;
    const goesOn = phase?.['on-failure'] ?? (name === 'build' || name === 'post_build' ? 'CONTINUE' : 'ABORT');
    if (goesOn === 'ABORT') return 'aborted';
  }
  return failed ? 'failed' : 'succeeded';
}

/** `finally` runs in any case; the first failure is the phase's. */
async function runPhase(phase: BuildspecPhase, name: string, commands: Commands): Promise<PhaseContext | undefined> {
  commands.log.note(`Entering phase ${name.toUpperCase()}`);
  const failure = await runAll(phase.commands, commands);
  const failureAfter = await runAll(phase.finally, commands);
  return failure ?? failureAfter;
}

async function runAll(all: readonly string[], { log, run }: Commands): Promise<PhaseContext | undefined> {
  for (const command of all) {
    log.note(`Running command ${command}`);
    const status = await run(command);
    if (status === 0) continue;
    const message = `Error while executing command: ${command}. Reason: exit status ${status}`;
    log.note(`Command did not exit successfully ${command} exit status ${status}`);
    return { code: 'COMMAND_EXECUTION_ERROR', message };
  }
  return undefined;
}
