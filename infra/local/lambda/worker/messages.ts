/** What the host and a worker say to each other. */

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
