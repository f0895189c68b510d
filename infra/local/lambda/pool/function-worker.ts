import type { Clock } from '../../service.ts';
import type { FunctionDocument } from '../model.ts';
import type { ErrorReport, InvokeMessage, WorkerMessage, WorkerStart } from '../worker/messages.ts';
import type { FunctionLog } from './function-log.ts';
import { describeEnd } from './describe-end.ts';
import { InitError, type Invocation, type Outcome } from './outcome.ts';
import type { WorkerProcesses } from './worker-processes.ts';

export interface FunctionWorker {
  readonly document: FunctionDocument;
  /** When its credentials end, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** A worker that has ended takes no more events. */
  readonly ended: boolean;
  /** Runs one event; there must be no other one running. Never throws: what fails is the function's outcome. */
  run(invocation: Invocation): Promise<Outcome>;
  end(): Promise<void>;
}

export interface WorkerOptions {
  readonly processes: WorkerProcesses;
  readonly document: FunctionDocument;
  readonly variables: Record<string, string>;
  readonly start: WorkerStart;
  readonly expiresAt: number;
  readonly log: FunctionLog;
  readonly clock: Clock;
}

/** What Lambda allows for loading a function's code. Source: Lambda developer guide, "Lambda execution environment". */
const initLimit = 10_000;

type Ending =
  | { readonly kind: 'answered'; readonly message: WorkerMessage }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'exited'; readonly report: ErrorReport | undefined; readonly code: number };

/** Starts a worker and resolves when its handler is loaded. Throws InitError if that fails. */
export async function startFunctionWorker(options: WorkerOptions): Promise<FunctionWorker> {
  const { processes, document, variables, start, log } = options;
  const startedAt = performance.now();
  let settle: ((ending: Ending) => void) | undefined;
  let lastReport: ErrorReport | undefined;
  let ended = false;

  const { name, memorySize, revision } = document;
  const worker = processes.open(
    { group: revision, name, env: variables, memorySize, start },
    {
      message: (message) => {
        if (message.kind === 'output') log.write(message.messages);
        else if (message.kind === 'fatal') lastReport = message.error;
        else settle?.({ kind: 'answered', message });
      },
      exit: ({ code, error }) => {
        ended = true;
        settle?.({ kind: 'exited', report: lastReport ?? error, code });
      },
    },
  );

  const ending = (limit: number): Promise<Ending> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        if (settle) settle({ kind: 'timedOut' });
        void terminate();
      }, limit);
      settle = (result) => {
        clearTimeout(timer);
        settle = undefined;
        resolve(result);
      };
    });
  const terminate = async (): Promise<void> => {
    ended = true;
    await worker.terminate();
  };

  const first = await ending(initLimit);
  if (first.kind !== 'answered' || first.message.kind !== 'ready') throw initError(first, log);
  let initDuration: number | undefined = performance.now() - startedAt;

  return {
    document,
    expiresAt: options.expiresAt,
    get ended() {
      return ended;
    },
    end: terminate,

    async run(invocation) {
      const { requestId } = invocation;
      const begun = performance.now();
      const limit = document.timeout * 1000;
      log.start(requestId);
      const end = ending(limit);
      const message: InvokeMessage = { ...invocation, deadline: options.clock.now() + limit };
      worker.send(message);
      const result = readEnding(await end, requestId, document);
      if (result.note !== undefined) log.note(requestId, result.note);
      const duration = performance.now() - begun;
      log.end({
        requestId,
        duration,
        initDuration,
        memory: result.memory,
        status: result.status,
        errorType: result.status === 'error' ? result.errorType : undefined,
      });
      initDuration = undefined;
      return { payload: result.payload, failed: result.failed, duration, log: log.collect() };
    },
  };
}

interface Result {
  readonly payload: string;
  readonly failed: boolean;
  readonly memory: number;
  readonly note?: string;
  readonly status?: 'error' | 'timeout';
  readonly errorType?: string;
}

function readEnding(ending: Ending, requestId: string, document: FunctionDocument): Result {
  const failure = (report: ErrorReport, memory: number): Result => ({
    payload: JSON.stringify(report),
    failed: true,
    memory,
    errorType: report.errorType,
  });
  if (ending.kind === 'answered') {
    const { message } = ending;
    if (message.kind === 'done') return { payload: message.payload, failed: false, memory: message.memory };
    if (message.kind === 'failed') return failure(message.error, message.memory);
    throw new Error(`A worker of ${document.name} answered an event with ${message.kind}`);
  }
  if (ending.kind === 'timedOut') {
    const text = `Task timed out after ${document.timeout.toFixed(2)} seconds`;
    const report = { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${text}` };
    return { ...failure(report, document.memorySize), note: text, status: 'timeout' };
  }
  const report = ending.report ?? describeEnd(ending.code);
  const named = ending.report?.trace
    ? report
    : { ...report, errorMessage: `RequestId: ${requestId} Error: ${report.errorMessage}` };
  return { ...failure(named, document.memorySize), status: 'error' };
}

function initError(ending: Ending, log: FunctionLog): InitError {
  if (ending.kind === 'answered' && ending.message.kind === 'initFailed') {
    return new InitError(ending.message.error, log.collect());
  }
  if (ending.kind === 'timedOut') {
    const text = `Init phase timed out after ${(initLimit / 1000).toFixed(2)} seconds`;
    return new InitError({ errorType: 'Sandbox.Timedout', errorMessage: text }, log.collect());
  }
  const report = ending.kind === 'exited' ? ending.report ?? describeEnd(ending.code) : describeEnd(0);
  return new InitError(report, log.collect());
}
