import type { Clock, Logs } from '../../../service.ts';
import type { Build } from '../model.ts';
import { logOf } from '../store.ts';

export interface BuildLog {
  /** A line of a command's output. */
  line(text: string): void;
  /** A line of CodeBuild's own. */
  note(text: string): void;
  /** Never shown from here on. */
  hide(secrets: readonly string[]): void;
}

/** Values shorter than this would hide half of every log. */
const shortestSecret = 4;

/** A build's log, in which secrets show as `***`. */
export function createBuildLog(build: Build, logs: Logs, clock: Clock): BuildLog {
  const target = logOf(build);
  let hidden: readonly string[] = [];
  const line = (text: string): void => {
    if (!target) return;
    const shown = hidden.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
    logs.write(target.group, target.stream, [shown]);
  };
  return {
    line,
    note(text) {
      const time = new Date(clock.now()).toISOString().slice(0, 23).replaceAll('-', '/').replace('T', ' ');
      line(`[Container] ${time} ${text}`);
    },
    hide(secrets) {
      hidden = [...hidden, ...secrets.filter(({ length }) => length >= shortestSecret)];
    },
  };
}
