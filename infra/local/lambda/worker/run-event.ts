import type { MessagePort } from 'node:worker_threads';
import type { Output } from './capture-output.ts';
import { createContext } from './create-context.ts';
import { describeError, RuntimeError } from './describe-error.ts';
import type { Handler } from './load-handler.ts';
import { measureMemory } from './measure-memory.ts';
import type { InvokeMessage, WorkerMessage, WorkerStart } from './messages.ts';

export interface RunnerOptions {
  readonly start: WorkerStart;
  readonly handler: Handler;
  readonly port: MessagePort;
  readonly output: Output;
  send(message: WorkerMessage): void;
}

/** Answers a function that runs the handler for one event and sends its answer, or its error, to the host. */
export function createRunner({ start, handler, port, send, output }: RunnerOptions): (message: InvokeMessage) => void {
  const major = Number(/\d+/.exec(start.runtime)?.[0]);

  return (message) => {
    let settled = false;
    let waitsForEmptyLoop: (() => void) | undefined;

    const settle = (report: () => WorkerMessage): void => {
      if (settled) return;
      settled = true;
      process.off('beforeExit', onEmptyLoop);
      port.ref();
      send(report());
    };
    const succeed = (result: unknown): void => settle(() => encodeResult(message.requestId, result, fail));
    const fail = (thrown: unknown): WorkerMessage => {
      const error = describeError(thrown);
      output.error('Invoke Error', error, thrown);
      return { kind: 'failed', requestId: message.requestId, error, memory: measureMemory() };
    };
    // The port alone must not keep the event loop going: its running empty is how Lambda knows that nothing more comes.
    const onEmptyLoop = (): void => {
      if (waitsForEmptyLoop) return waitsForEmptyLoop();
      if (major < 24) return succeed(null);
      settle(() => fail(new RuntimeError('Runtime.NodeJsExit', 'The event loop is empty and the promise not settled')));
    };

    const context = createContext(start, message);
    const callback = (error: unknown, result?: unknown): void => {
      const finish = () => (error ? settle(() => fail(error)) : succeed(result));
      if (error || !context.callbackWaitsForEmptyEventLoop) finish();
      else waitsForEmptyLoop ??= finish;
    };

    process.env['_X_AMZN_TRACE_ID'] = message.traceId;
    process.on('beforeExit', onEmptyLoop);
    port.unref();
    try {
      const returned = handler(JSON.parse(message.event), context, callback);
      if (isThenable(returned)) returned.then(succeed, (error: unknown) => settle(() => fail(error)));
      // What a handler with a callback parameter returns is not its answer.
      else if (handler.length < 3) succeed(returned);
    } catch (error) {
      settle(() => fail(error));
    }
  };
}

function encodeResult(requestId: string, result: unknown, fail: (thrown: unknown) => WorkerMessage): WorkerMessage {
  try {
    const payload = JSON.stringify(result === undefined ? null : result) as string | undefined;
    return { kind: 'done', requestId, payload: payload ?? 'null', memory: measureMemory() };
  } catch (cause) {
    return fail(new Error('Unable to stringify response body', { cause }));
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
