/** What this service keeps. All documents are plain JSON. */

export interface LoggingConfig {
  readonly group: string;
  readonly format: 'Text' | 'JSON';
  /** In JSON format only. */
  readonly applicationLevel: LogLevel;
  readonly systemLevel: LogLevel;
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** A function's settings apart from its code. */
export interface FunctionSettings {
  readonly runtime: string;
  readonly handler: string;
  readonly role: string;
  readonly description: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly architectures: readonly string[];
  readonly tracing: string;
  readonly ephemeralStorage: number;
  readonly logging: LoggingConfig;
  readonly tags: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number | undefined;
}

export interface FunctionCode {
  /** The zip's hash, in hex: its name in State.blobs and of the folder that it is unpacked to. */
  readonly sha256: string;
  readonly size: number;
}

/** A function, or a published version of one. */
export interface FunctionDocument extends FunctionSettings {
  readonly name: string;
  /** `$LATEST`, or a number. */
  readonly version: string;
  readonly code: FunctionCode;
  /** Changes with every change of settings or code: workers of another revision are renewed. */
  readonly revision: string;
  readonly modifiedAt: number;
  /** The highest version published. */
  readonly published: number;
  /** Of the CloudFormation creation that made it, to recognise the same one run again. */
  readonly token?: string | undefined;
}

export interface AliasDocument {
  readonly functionName: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly token?: string | undefined;
}

/** A statement of a function's resource policy. */
export interface PermissionDocument {
  readonly functionName: string;
  readonly qualifier?: string | undefined;
  readonly statementId: string;
  readonly action: string;
  /** `events.amazonaws.com`, an account id, or an ARN. */
  readonly principal: string;
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
}

export interface MappingSettings {
  readonly functionName: string;
  readonly qualifier?: string | undefined;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchingWindow: number;
  readonly bisectOnError: boolean;
  /** -1: for ever. */
  readonly maximumRetries: number;
  /** Seconds; -1: whatever its age. */
  readonly maximumAge: number;
  readonly reportItemFailures: boolean;
  /** Kept for describing: batches of a shard go one after the other, which keeps more order than asked for. */
  readonly parallelization: number;
  /** Event patterns as JSON texts; a record passes if one matches. */
  readonly filters: readonly string[];
}

export interface MappingDocument extends MappingSettings {
  readonly id: string;
  readonly streamArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly modifiedAt: number;
  /** `OK`, `No records processed`, or what failed. */
  readonly lastResult: string;
}

/** How far a shard is done; absent: not at all. */
export interface Checkpoint {
  /** The last record done. */
  readonly sequenceNumber?: string | undefined;
  /** The shard is closed and every record of it is done. */
  readonly finished?: boolean | undefined;
}

/** An asynchronous invocation that is accepted and not done. */
export interface QueuedInvocation {
  readonly id: string;
  readonly functionArn: string;
  /** JSON. */
  readonly payload: string;
  readonly failures: number;
  readonly acceptedAt: number;
}
