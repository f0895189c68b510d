import { join } from 'node:path';
import type { WorkerSettings } from '../worker/messages.ts';
import { writeRuntimeCode, type RuntimeCode } from './runtime-code.ts';
import { startWorkerProcess, type WorkerChannel, type WorkerListener, type WorkerProcess } from './worker-process.ts';

export interface WorkerProcesses {
  /** Starts the process that all share, so that the first worker need not wait for it. */
  prepare(): void;
  open(settings: WorkerSettings, listener: WorkerListener): WorkerChannel;
  stop(): Promise<void>;
}

/** Functions that are under suspicion at a time; a process takes about 40 MB. */
const mostSuspects = 4;

/**
 * All workers share one process, for the sake of memory. When it crashes, who is to blame is not known: each function that
 * ran at that moment has a process of its own from then on, so that one that crashes time and again takes no other with it.
 */
export function createWorkerProcesses(folder: string): WorkerProcesses {
  const processes = new Map<string, WorkerProcess>();
  const suspects = new Set<string>();
  const shared = '';
  let code: RuntimeCode | undefined;
  let stopped = false;

  const suspect = ({ group }: WorkerSettings): void => {
    suspects.delete(group);
    suspects.add(group);
    const [oldest] = suspects;
    if (oldest !== undefined && suspects.size > mostSuspects) suspects.delete(oldest);
  };

  const processOf = (key: string): WorkerProcess => {
    const existing = processes.get(key);
    if (existing && !existing.ended) return existing;
    if (stopped) throw new Error('The worker processes are stopped');
    const runtime = join(folder, 'lambda', 'runtime');
    code ??= writeRuntimeCode(runtime);
    const started = startWorkerProcess({
      code,
      folder: runtime,
      onCrash: (working) => working.forEach(suspect),
      onEmpty: () => {
        if (key === shared) return;
        if (processes.get(key) === started) processes.delete(key);
        void started.stop();
      },
    });
    processes.set(key, started);
    return started;
  };

  return {
    prepare: () => void processOf(shared),
    open: (settings, listener) =>
      processOf(suspects.has(settings.group) ? settings.group : shared).open(settings, listener),
    async stop() {
      stopped = true;
      await Promise.all([...processes.values()].map((running) => running.stop()));
    },
  };
}
