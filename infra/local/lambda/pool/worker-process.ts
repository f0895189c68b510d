import { spawn } from 'node:child_process';
import type {
  InvokeMessage,
  ProcessReport,
  ProcessRequest,
  WorkerExit,
  WorkerMessage,
  WorkerSettings,
} from '../worker/messages.ts';
import { describeEnd } from './describe-end.ts';
import type { RuntimeCode } from './runtime-code.ts';

/** The host's end of a worker. */
export interface WorkerChannel {
  send(message: InvokeMessage): void;
  /** Resolves when the worker has ended. */
  terminate(): Promise<void>;
}

export interface WorkerListener {
  message(message: WorkerMessage): void;
  /** The worker is gone, by itself or with its process. */
  exit(exit: WorkerExit): void;
}

export interface WorkerProcess {
  readonly pid: number | undefined;
  readonly ended: boolean;
  open(settings: WorkerSettings, listener: WorkerListener): WorkerChannel;
  /** Ends it with all its workers. */
  stop(): Promise<void>;
}

export interface WorkerProcessOptions {
  readonly code: RuntimeCode;
  /** The folder that it runs in. */
  readonly folder: string;
  /** It ended and nobody asked it to, while these workers ran something or just had. */
  onCrash(suspects: readonly WorkerSettings[]): void;
  /** Its last worker has ended. */
  onEmpty(): void;
}

interface OpenWorker extends WorkerListener {
  readonly settings: WorkerSettings;
}

/**
 * A worker that cannot be ended in this many milliseconds, since it is in native code for one, ends with its process. Longer than a busy
 * machine may take to end one: others are at work in the same process.
 */
const patience = 5000;
const keptCharacters = 4000;

/** A process that hosts workers, so that nothing that one of them does can end this one. */
export function startWorkerProcess({ code, folder, onCrash, onEmpty }: WorkerProcessOptions): WorkerProcess {
  const child = spawn(process.execPath, [code.process, code.worker], {
    cwd: folder,
    // Nothing of the host's environment is handed on; the time zone is Lambda's.
    env: { TZ: ':UTC' },
    // A group of its own: Ctrl-C reaches the host first, and what functions start can be ended with it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const workers = new Map<number, OpenWorker>();
  /** Those that start or run an event, and the one that did so last: what it left behind may end the process as well. */
  const working = new Set<number>();
  let latest: number | undefined;
  let serial = 0;
  let ended = false;
  let stopping = false;
  let lastWords = '';

  const request = (message: ProcessRequest): void => {
    // A process that is gone says so by its end.
    if (child.connected) child.send(message, () => undefined);
  };
  const close = (id: number, exit: WorkerExit): void => {
    const worker = workers.get(id);
    workers.delete(id);
    working.delete(id);
    worker?.exit(exit);
    if (workers.size === 0 && !ended) onEmpty();
  };
  const kill = (): void => endGroup(child.pid);

  child.on('message', ({ id, message, exit }: ProcessReport) => {
    if (exit) return close(id, exit);
    if (message.kind !== 'output') {
      working.delete(id);
      latest = id;
    }
    workers.get(id)?.message(message);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-keptCharacters);
  });
  const gone = new Promise<void>((resolve) => {
    const finish = (error: WorkerExit['error']): void => {
      ended = true;
      const suspects = [...workers].filter(([id]) => working.has(id) || id === latest);
      if (!stopping) onCrash(suspects.map(([, { settings }]) => settings));
      for (const id of [...workers.keys()]) close(id, { code: 1, error });
      resolve();
    };
    child.once('error', (error) => {
      if (child.pid === undefined) finish(describeEnd(1, null, error.message));
    });
    child.once('exit', (exitCode, signal) => {
      ended = true;
      kill();
      const end = (): void => finish(describeEnd(exitCode, signal, lastWords));
      // What it said before its end is read first.
      if (child.connected) child.once('disconnect', end);
      else end();
    });
  });

  return {
    pid: child.pid,
    get ended() {
      return ended;
    },
    open(settings, listener) {
      const id = (serial += 1);
      const closed = new Promise<void>((resolve) => {
        const exit = (how: WorkerExit): void => {
          resolve();
          listener.exit(how);
        };
        workers.set(id, { settings, message: (message) => listener.message(message), exit });
      });
      working.add(id);
      request({ kind: 'open', id, settings });
      return {
        send: (message) => {
          working.add(id);
          request({ kind: 'invoke', id, message });
        },
        async terminate() {
          request({ kind: 'terminate', id });
          const killer = setTimeout(kill, patience);
          await closed;
          clearTimeout(killer);
        },
      };
    },
    async stop() {
      stopping = true;
      kill();
      await gone;
    },
  };
}

/** Ends a process with all that it started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
