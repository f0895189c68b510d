import { createWriteStream, mkdirSync, statSync, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonProtocol } from '../front-door/protocols/json.ts';
import type { Clock, Environment, LocalService, Logs, LogTimes, State } from '../service.ts';
import { groupOperations } from './group-operations.ts';
import { createLogGroups } from './groups.ts';
import { logOperations } from './operations.ts';
import { logGroupProvider } from './provider.ts';
import { readLog } from './read-log.ts';

export interface LogsDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Is given every message too: metrics are embedded in some. */
  onMessages?(messages: readonly string[]): void;
}

function say(group: string, error: unknown): void {
  process.stderr.write(`Log ${group}: ${error instanceof Error ? error.message : String(error)}\n`);
}

/**
 * CloudWatch Logs as files: `logs/<group>.log` under the cloud's folder, a line a message with its time and stream, to be
 * read with any tail.
 */
export function createLogs({
  state,
  environment,
  clock,
  onMessages,
}: LogsDependencies): LocalService & Logs & LogTimes {
  const folder = join(environment.folder, 'logs');
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();
  const groups = createLogGroups(state, clock);

  const pathOf = (group: string): string =>
    join(folder, `${group.replace(/^\//, '').replace(/[^A-Za-z0-9._#-]+/g, '-')}.log`);

  const fileOf = (group: string): WriteStream => {
    const existing = files.get(group);
    if (existing) return existing;
    const file = createWriteStream(pathOf(group), { flags: 'a' });
    // A full disk must not end the host: the first failure is said, later messages go nowhere.
    file.once('error', (error) => say(group, error));
    file.on('error', () => undefined);
    files.set(group, file);
    return file;
  };

  /** What is on its way to the file is read too. */
  const read = async (group: string) => {
    const file = files.get(group);
    if (file) await new Promise<void>((resolve) => file.write('', () => resolve()));
    return await readLog(pathOf(group));
  };
  const remove = async (group: string): Promise<void> => {
    const file = files.get(group);
    files.delete(group);
    if (file) await new Promise<void>((resolve) => file.end(() => resolve()));
    await rm(pathOf(group), { force: true });
    await groups.delete(group);
  };
  const operations = { ...logOperations(environment, read), ...groupOperations(environment, groups, remove) };

  return {
    name: 'logs',
    apis: [jsonProtocol({ signingName: 'logs', targetPrefix: 'Logs_20140328', version: '1.1', operations })],
    providers: [logGroupProvider(environment, groups, remove)],
    write(group, stream, messages) {
      const at = new Date(clock.now()).toISOString();
      const text = messages.map((message) => `${at} ${stream} ${message.trimEnd()}\n`).join('');
      fileOf(group).write(text);
      // A service that logs makes its group itself, as those of AWS do.
      if (!groups.has(group)) groups.create({ name: group }).catch((error: unknown) => say(group, error));
      onMessages?.(messages);
    },
    lastWritten: (group) => statSync(pathOf(group), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    stop: async () => {
      await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => file.end(() => resolve()))));
    },
  };
}
