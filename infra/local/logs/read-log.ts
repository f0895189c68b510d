import { readFile } from 'node:fs/promises';

export interface LogEvent {
  readonly timestamp: number;
  readonly stream: string;
  readonly message: string;
}

const firstLine = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z) (\S+) (.*)$/s;

/** The messages of a group's file, the oldest first; undefined if there is none. A line without a time goes on with the last. */
export async function readLog(path: string): Promise<readonly LogEvent[] | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const events: LogEvent[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const [, time = '', stream = '', message = ''] = firstLine.exec(line) ?? [];
    const last = events.at(-1);
    if (time !== '') events.push({ timestamp: Date.parse(time), stream, message });
    else if (last) events[events.length - 1] = { ...last, message: `${last.message}\n${line}` };
  }
  return events;
}
