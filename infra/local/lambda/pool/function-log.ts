import type { Clock, Logs } from '../../service.ts';
import type { FunctionDocument } from '../model.ts';

export interface Report {
  readonly requestId: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds; of a cold start. */
  readonly initDuration?: number | undefined;
  /** Megabytes. */
  readonly memory: number;
  /** Absent: success. */
  readonly status?: 'error' | 'timeout' | undefined;
  readonly errorType?: string | undefined;
}

/** What Lambda itself writes to a function's log, around what the function writes. */
export interface FunctionLog {
  start(requestId: string): void;
  end(report: Report): void;
  write(messages: readonly string[]): void;
  /** A line of the platform's with its time and the request. */
  note(requestId: string, text: string): void;
  /** Takes the messages since the last time. */
  collect(): readonly string[];
}

/** Lines beyond this are no part of any answer. */
const keptMessages = 500;

/** Sources: Lambda developer guide, "Log and monitor Node.js Lambda functions"; Telemetry API schema reference. */
export function createFunctionLog(document: FunctionDocument, stream: string, logs: Logs, clock: Clock): FunctionLog {
  const { group, format, systemLevel } = document.logging;
  let kept: string[] = [];
  const write = (messages: readonly string[]): void => {
    logs.write(group, stream, messages);
    kept.push(...messages);
    if (kept.length > keptMessages) kept = kept.slice(-keptMessages);
  };
  const event = (type: string, record: object): string =>
    JSON.stringify({ time: new Date(clock.now()).toISOString(), type, record });

  return {
    write,
    start(requestId) {
      if (format === 'Text') write([`START RequestId: ${requestId} Version: ${document.version}`]);
      else if (systemLevel !== 'WARN') write([event('platform.start', { requestId, version: document.version })]);
    },
    end(report) {
      if (format === 'Text') write([`END RequestId: ${report.requestId}`, reportLine(report, document.memorySize)]);
      else if (systemLevel !== 'WARN') write([event('platform.report', reportRecord(report, document.memorySize))]);
    },
    note(requestId, text) {
      const time = new Date(clock.now()).toISOString();
      if (format === 'Text') write([`${time} ${requestId} ${text}`]);
      else write([JSON.stringify({ timestamp: time, level: 'ERROR', requestId, message: text })]);
    },
    collect() {
      const collected = kept;
      kept = [];
      return collected;
    },
  };
}

function reportLine(report: Report, memorySize: number): string {
  const { requestId, duration, initDuration, memory, status, errorType } = report;
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${duration.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(duration + (initDuration ?? 0))} ms`,
    `Memory Size: ${memorySize} MB`,
    `Max Memory Used: ${memory} MB`,
  ];
  if (initDuration !== undefined) fields.push(`Init Duration: ${initDuration.toFixed(2)} ms`);
  if (status !== undefined) fields.push(`Status: ${status}`);
  if (errorType !== undefined) fields.push(`Error Type: ${errorType}`);
  return fields.join('\t');
}

function reportRecord(report: Report, memorySizeMB: number): object {
  const { requestId, duration, initDuration, memory, status = 'success', errorType } = report;
  const metrics = {
    durationMs: Number(duration.toFixed(3)),
    billedDurationMs: Math.ceil(duration + (initDuration ?? 0)),
    memorySizeMB,
    maxMemoryUsedMB: memory,
    initDurationMs: initDuration === undefined ? undefined : Number(initDuration.toFixed(3)),
  };
  return { requestId, metrics, status, errorType };
}
