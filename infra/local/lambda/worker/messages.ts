/** What the host, its worker processes and their workers say to each other. */

/** `workerData`: all that a worker knows from its start. */
export interface WorkerStart {
  /** `index.handler` */
  readonly handler: string;
  readonly taskRoot: string;
  /** `nodejs22.x` */
  readonly runtime: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memorySize: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly logLevel: string;
  readonly redirection: Redirection;
}

/** Where HTTPS requests to AWS's own hosts go instead. */
export interface Redirection {
  readonly port: number;
  /** PEM. */
  readonly certificateAuthority: string;
}

export interface InvokeMessage {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly functionArn: string;
  readonly traceId: string;
  /** JSON. */
  readonly clientContext?: string | undefined;
}

/** An error in the form that Lambda answers it. */
export interface ErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'initFailed'; readonly error: ErrorReport }
  /** Log messages, as they are written. */
  | { readonly kind: 'output'; readonly messages: readonly string[] }
  | { readonly kind: 'done'; readonly requestId: string; readonly payload: string; readonly memory: number }
  | { readonly kind: 'failed'; readonly requestId: string; readonly error: ErrorReport; readonly memory: number }
  /** The worker ends after this. */
  | { readonly kind: 'fatal'; readonly error: ErrorReport };

/** How a worker is to be. */
export interface WorkerSettings {
  /** The function's revision: workers of one may share their fate. */
  readonly group: string;
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Megabytes. */
  readonly memorySize: number;
  readonly start: WorkerStart;
}

/** From the host to a worker process; the host numbers the workers. */
export type ProcessRequest =
  | { readonly kind: 'open'; readonly id: number; readonly settings: WorkerSettings }
  | { readonly kind: 'invoke'; readonly id: number; readonly message: InvokeMessage }
  | { readonly kind: 'terminate'; readonly id: number };

export interface WorkerExit {
  readonly code: number;
  readonly error?: ErrorReport | undefined;
}

/** From a worker process to the host: what a worker said, or that it is gone. */
export type ProcessReport =
  | { readonly id: number; readonly message: WorkerMessage; readonly exit?: undefined }
  | { readonly id: number; readonly exit: WorkerExit; readonly message?: undefined };
