import type { InvokeMessage, WorkerStart } from './messages.ts';

/** The handler's second argument. Source: Lambda developer guide, "Using the Lambda context object in Node.js". */
export function createContext(start: WorkerStart, message: InvokeMessage) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: start.functionName,
    functionVersion: start.functionVersion,
    invokedFunctionArn: message.functionArn,
    memoryLimitInMB: String(start.memorySize),
    awsRequestId: message.requestId,
    logGroupName: start.logGroup,
    logStreamName: start.logStream,
    clientContext: message.clientContext === undefined ? undefined : (JSON.parse(message.clientContext) as unknown),
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(message.deadline - Date.now(), 0),
  };
}
