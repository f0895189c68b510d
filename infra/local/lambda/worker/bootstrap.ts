/**
 * What runs in a worker: loads the handler, then runs one event after the other. Bundled at start and evaluated in
 * every worker (see ../pool/bootstrap-code.ts), so it imports nothing of the host.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { captureOutput } from './capture-output.ts';
import { describeError, describeRejection } from './describe-error.ts';
import { loadHandler } from './load-handler.ts';
import type { InvokeMessage, WorkerMessage, WorkerStart } from './messages.ts';
import { redirectAwsHosts } from './redirect-aws-hosts.ts';
import { createRunner } from './run-event.ts';

if (!parentPort) throw new Error('The bootstrap runs in a worker thread only');
const port = parentPort;
const start = workerData as WorkerStart;
const send = (message: WorkerMessage): void => port.postMessage(message);
let requestId: string | undefined;

redirectAwsHosts(start.redirection);
const output = captureOutput({
  format: start.logFormat,
  level: start.logLevel,
  requestId: () => requestId,
  write: (messages) => send({ kind: 'output', messages }),
});
// Worker threads have no folder of their own; code that resolves paths by this function finds its own files.
process.cwd = () => start.taskRoot;

// Exit codes as the Node.js runtime of Lambda ends with.
process.on('uncaughtException', (thrown) => {
  const error = describeError(thrown);
  output.error('Uncaught Exception', error, thrown);
  send({ kind: 'fatal', error });
  process.exit(129);
});
process.on('unhandledRejection', (reason) => {
  const error = describeRejection(reason);
  output.error('Unhandled Promise Rejection', error, reason);
  send({ kind: 'fatal', error });
  process.exit(128);
});

const initialise = async (): Promise<void> => {
  try {
    const handler = await loadHandler(start);
    const run = createRunner({ start, handler, port, send, output });
    port.on('message', (message: InvokeMessage) => {
      requestId = message.requestId;
      run(message);
    });
    send({ kind: 'ready' });
  } catch (thrown) {
    const error = describeError(thrown);
    output.error('Uncaught Exception', error, thrown);
    send({ kind: 'initFailed', error });
    process.exit(1);
  }
};
void initialise();
