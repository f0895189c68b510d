/**
 * What runs in a worker process: opens workers for the host, passes on what the two say, and ends with the host. No code of
 * a function runs in its main thread, so it answers whatever they do. Bundled at start (see ../pool/runtime-code.ts).
 */
import { existsSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describeError } from './describe-error.ts';
import type { ErrorReport, ProcessRequest, ProcessReport, WorkerMessage, WorkerSettings } from './messages.ts';
import { watchMemory } from './watch-memory.ts';

/** Small, so that many workers fit; what lives longer moves to the old generation, which MemorySize bounds. */
const youngGenerationMegabytes = 8;
const oomScore = '/proc/self/oom_score_adj';

const [workerScript = ''] = process.argv.slice(2);
const workers = new Map<number, Worker>();
const memory = watchMemory();
const report = (message: ProcessReport): void => void process.send?.(message);

// When the machine runs out of memory, Linux ends this process before any other.
if (existsSync(oomScore)) writeFileSync(oomScore, '1000');

process.on('message', (request: ProcessRequest) => {
  if (request.kind === 'open') return open(request.id, request.settings);
  const worker = workers.get(request.id);
  if (request.kind === 'terminate') void worker?.terminate();
  else {
    memory.begin(request.id);
    worker?.postMessage(request.message);
  }
});
// The host is gone. Programs that functions started are of this process's group and go with it.
process.on('disconnect', () => process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL'));

function open(id: number, { name, env, memorySize, start }: WorkerSettings): void {
  const worker = new Worker(workerScript, {
    name,
    env,
    workerData: start,
    argv: [],
    execArgv: [],
    stdin: false,
    // Only what is written past the captured streams comes here, and goes nowhere rather than to the host's.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memorySize, maxYoungGenerationSizeMb: youngGenerationMegabytes },
  });
  let error: ErrorReport | undefined;
  workers.set(id, worker);
  memory.open(id, memorySize);
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind !== 'output') memory.end(id);
    report({ id, message });
  });
  // Without a listener an error of a worker would be one of the process; it is told by the exit that follows.
  worker.on('error', (thrown) => (error ??= reportOf(thrown)));
  worker.on('exit', (code) => {
    workers.delete(id);
    memory.close(id);
    report({ id, exit: { code, error } });
  });
}

/** Errors that end a worker from outside its own code's reach. */
function reportOf(error: Error & { readonly code?: string }): ErrorReport {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Runtime exited with error: signal: killed' };
  }
  return describeError(error);
}
