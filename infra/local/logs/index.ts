import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Environment, LocalService, Logs } from '../service.ts';
import { logGroupProvider } from './provider.ts';

export interface LogsDependencies {
  readonly environment: Environment;
  readonly clock: Clock;
  /** Is given every message too: metrics are embedded in some. */
  onMessages?(messages: readonly string[]): void;
}

/**
 * CloudWatch Logs as files: `logs/<group>.log` under the cloud's folder, a line a message with its time and stream, to be
 * read with any tail.
 */
export function createLogs({ environment, clock, onMessages }: LogsDependencies): LocalService & Logs {
  const folder = join(environment.folder, 'logs');
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();

  const fileOf = (group: string): WriteStream => {
    const existing = files.get(group);
    if (existing) return existing;
    const name = group.replace(/^\//, '').replace(/[^A-Za-z0-9._#-]+/g, '-');
    const file = createWriteStream(join(folder, `${name}.log`), { flags: 'a' });
    // A full disk must not end the host: the first failure is said, later messages go nowhere.
    file.once('error', (error) => process.stderr.write(`Log ${name}: ${error.message}\n`));
    file.on('error', () => undefined);
    files.set(group, file);
    return file;
  };

  return {
    name: 'logs',
    providers: [logGroupProvider(environment)],
    write(group, stream, messages) {
      const at = new Date(clock.now()).toISOString();
      const text = messages.map((message) => `${at} ${stream} ${message.trimEnd()}\n`).join('');
      fileOf(group).write(text);
      onMessages?.(messages);
    },
    stop: async () => {
      await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => file.end(() => resolve()))));
    },
  };
}
