/**
 * What the services of the local cloud know of each other. A service's folder imports these types and nothing of
 * another service's folder; `cloud.ts` is the one place that builds them all and hands each what it asks for.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

// --- values ---------------------------------------------------------------------------------------

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Time is injected, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The account and region that everything in this cloud belongs to. */
export interface Environment {
  /** `000000000000` */
  readonly accountId: string;
  /** `us-east-1` */
  readonly region: string;
  /** `aws` */
  readonly partition: string;
  /** Where the front door listens, `http://localhost:4566`; no slash at the end. Known before any service starts. */
  readonly endpoint: string;
  /** The PEM of the local certificate authority that the front door's TLS answers chain to. */
  readonly certificateAuthority: string;
  /** The folder for everything durable. */
  readonly folder: string;
}

// --- identity -------------------------------------------------------------------------------------

/** Who makes a call. The account's root user has no `roleArn`: everything is allowed to it. */
export interface Principal {
  readonly accountId: string;
  /** `arn:aws:iam::000000000000:root` or `arn:aws:sts::000000000000:assumed-role/<role>/<session>` */
  readonly arn: string;
  /** `000000000000`, or `AROA…:<session>` */
  readonly userId: string;
  readonly roleArn?: string;
  readonly sessionTags?: Readonly<Record<string, string>>;
  /** Those of the session tags that a session asked for by this one has too. */
  readonly transitiveTags?: readonly string[];
  /** A session policy narrows what the role allows. */
  readonly sessionPolicy?: JsonObject;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** An AWS service that acts on behalf of a resource: `{service: 'cognito-idp.amazonaws.com', sourceArn: <pool>}`. */
export interface ServicePrincipal {
  readonly service: string;
  readonly sourceArn: string;
}

/**
 * Condition keys of a call: `{'dynamodb:LeadingKeys': ['t1#0']}`. A value that takes a while to find is found when a policy asks for it.
 * Global keys are filled in by the identity service.
 */
export type ConditionContext = Readonly<Record<string, string | readonly string[] | (() => readonly string[])>>;

/** The same, or how to gather it when a policy asks for a key. */
export type CallContext = ConditionContext | (() => ConditionContext);

export interface Identity {
  /** The principal of a signed HTTP request. Throws AwsError (403) if the signature, the key or the time is wrong. */
  authenticate(request: SignedRequest): Principal;
  /** Throws AwsError `AccessDeniedException` with AWS's wording unless the principal may do `action` on `resource`. */
  authorize(principal: Principal, action: string, resource: string, context?: CallContext): void;
  /**
   * A role's session for an AWS service: the role's trust policy must name `trusted` (`lambda.amazonaws.com`).
   * Throws AwsError `AccessDenied` if it does not, `NoSuchEntity` if there is no such role.
   */
  assumeServiceRole(roleArn: string, trusted: string, sessionName: string): Principal;
  /** Signing keys for a session, for code outside this process's trust such as a Lambda's. */
  issueCredentials(principal: Principal, lifetimeMilliseconds: number): Credentials;
}

/** Roles that roles assume. */
export interface RoleChain {
  /** A role's session for a principal that assumes it, as STS's AssumeRole. Throws AwsError `AccessDenied`. */
  assumeRole(caller: Principal, roleArn: string, sessionName: string): Principal;
}

export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

// --- the front door -------------------------------------------------------------------------------

/** One API call, bound to its caller. */
export interface Call {
  readonly requestId: string;
  readonly principal: Principal;
  /** `Identity.authorize` for this call's principal. */
  authorize(action: string, resource: string, context?: CallContext): void;
}

/** An operation takes the call and its decoded input, and answers the output to encode. */
export type Operation = (call: Call, input: never) => Promise<unknown> | unknown;

export interface ApiRequest {
  readonly call: Call;
  readonly method: string;
  /** Decoded no further than the URL's own encoding: `/v1/apis/abc`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/**
 * An AWS API. Requests reach it by the service name in their signature's scope. `handle` is made by one of the
 * protocol adapters in front-door/protocols, or by hand.
 */
export interface ApiService {
  /** The name that the SDK signs with: `cognito-idp`, `dynamodb`, `states`, `email` … */
  readonly signingName: string;
  handle(request: ApiRequest): Promise<ApiResponse>;
  /**
   * Operations that AWS serves without a signature (Cognito's InitiateAuth …): the front door asks this of an
   * unsigned request before it refuses it. Absent: none.
   */
  acceptsUnsigned?(headers: IncomingMessage['headers']): boolean;
}

/** An HTTP path outside the signed APIs: GraphQL endpoints, JWKS, the inbox. The longest matching prefix wins. */
export interface HttpRoute {
  /** `/graphql/` or `/inbox` */
  readonly prefix: string;
  /** Set where a whole host name is served, whatever is signed or asked for: such a route comes before all others. */
  isForHost?(host: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** A path that takes WebSocket upgrades. */
export interface UpgradeRoute {
  readonly prefix: string;
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void | Promise<void>;
}

/** What a service's factory returns; every member is optional but the name. */
export interface LocalService {
  readonly name: string;
  readonly apis?: readonly ApiService[];
  readonly routes?: readonly HttpRoute[];
  readonly upgrades?: readonly UpgradeRoute[];
  readonly providers?: readonly ResourceProvider[];
  /** Runs once the front door listens and every service is built. */
  start?(): Promise<void>;
  /** Lets running work end, then frees everything. */
  stop?(): Promise<void>;
}

// --- CloudFormation resource providers ------------------------------------------------------------

export interface ResourceScope {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** The stack's tags. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface ResourceResult {
  /** What `Ref` answers. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` answers, by attribute name. */
  readonly attributes: JsonObject;
}

/**
 * One CloudFormation resource type. Every method is safe to run twice: after a crash the engine runs the step again.
 */
export interface ResourceProvider {
  /** `AWS::DynamoDB::Table` */
  readonly type: string;
  /** Every top-level property that is honoured. The engine refuses any other by name; a provider refuses unknown nested ones. */
  readonly properties: readonly string[];
  /** Properties whose change makes a new resource (create the new one, later delete the old one). */
  readonly replacedBy: readonly string[];
  /**
   * @param request.token - stable over retries of this creation and unlike any other's: derive generated ids from it
   */
  create(request: ResourceScope & { readonly token: string; readonly properties: JsonObject }): Promise<ResourceResult>;
  update(
    request: ResourceScope & {
      readonly physicalId: string;
      readonly properties: JsonObject;
      readonly previous: JsonObject;
    },
  ): Promise<ResourceResult>;
  /** A resource that is gone already is deleted already. */
  delete(request: ResourceScope & { readonly physicalId: string; readonly properties: JsonObject }): Promise<void>;
  /** Attributes that carry the endpoint, computed anew at start; absent where none do. */
  refresh?(
    request: ResourceScope & { readonly physicalId: string; readonly properties: JsonObject },
  ): Promise<ResourceResult>;
}

// --- state ----------------------------------------------------------------------------------------

/**
 * Documents by id. Reads are from memory and at once. A write shows in memory at once (so check-then-set within one
 * turn of the event loop is atomic) and its promise resolves when it is on disk: await it before acknowledging.
 * Values are plain JSON and are never changed in place.
 */
export interface Collection<Value> {
  get(id: string): Value | undefined;
  has(id: string): boolean;
  readonly size: number;
  ids(): IterableIterator<string>;
  values(): IterableIterator<Value>;
  entries(): IterableIterator<[string, Value]>;
  put(id: string, value: Value): Promise<void>;
  delete(id: string): Promise<void>;
}

export interface State {
  /** The collection of that name, `cognito/users` for one; the same object each time. */
  collection<Value>(name: string): Collection<Value>;
  /** Content-addressed bytes on disk, for what is too large for a document. */
  readonly blobs: Blobs;
}

export interface Blobs {
  /** Answers the SHA-256 of the bytes in hex, once they are on disk. */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws if there is no such blob. */
  get(sha256: string): Promise<Buffer>;
  /** Its path, for code that needs a file. */
  path(sha256: string): string;
}

// --- what services offer each other in process ---------------------------------------------------

/** DynamoDB. */
export interface Tables {
  /**
   * One DynamoDB API call (`GetItem`, …) in DynamoDB JSON, authorized for the principal, over the engine's own protocol.
   * Throws AwsError with DynamoDB's code (`ConditionalCheckFailedException`, with `Item` and `CancellationReasons`
   * in `fields`).
   */
  call(principal: Principal, operation: string, input: JsonObject): Promise<JsonObject>;
  /** Throws AwsError `AccessDeniedException` if the principal may not make that call on items; makes none. */
  authorize(principal: Principal, operation: string, input: JsonObject): Promise<void>;
  /** Records of a table's stream, for event source mappings. */
  readonly streams: TableStreams;
}

export interface TableStreams {
  /** Runs `listener` soon after each write to the table that owns the stream; answers how to stop. */
  onWrite(streamArn: string, listener: () => void): () => void;
}

/** Lambda. */
export interface Functions {
  /**
   * Invokes and waits. A caller that is a service must be named in the function's resource policy
   * (AWS::Lambda::Permission); a principal needs lambda:InvokeFunction.
   */
  invoke(caller: Principal | ServicePrincipal, functionArn: string, payload: Json): Promise<InvocationResult>;
  /** Acknowledged when durable, then run at least once, with retries. */
  invokeLater(caller: Principal | ServicePrincipal, functionArn: string, payload: Json): Promise<void>;
}

export interface InvocationResult {
  /** The handler's answer, or `{errorType, errorMessage, trace}` if `failed`. */
  readonly payload: Json;
  readonly failed: boolean;
}

/** S3. */
export interface Objects {
  /** Throws AwsError `NoSuchBucket` or `NoSuchKey`. */
  read(bucket: string, key: string, version?: string): Promise<Buffer>;
  write(bucket: string, key: string, bytes: Uint8Array): Promise<void>;
}

/** What S3 knows of its objects. */
export interface ObjectCatalog {
  /** What is there, without its bytes; the current version unless one is named. Throws as `Objects.read` does. */
  describe(bucket: string, key: string, version?: string): ObjectDescription;
}

export interface ObjectDescription {
  /** `null` where versions are not kept. */
  readonly versionId: string;
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** S3, for what serves objects as they are. */
export interface StoredObjects {
  /** The current version; undefined where there is none. */
  open(bucket: string, key: string): Promise<StoredObject | undefined>;
}

export interface StoredObject {
  readonly bytes: Buffer;
  readonly etag: string;
  /** `content-type`, `cache-control` and what else was sent with the bytes. */
  readonly headers: Readonly<Record<string, string>>;
}

/** SSM Parameter Store. */
export interface Parameters {
  get(name: string): string | undefined;
  put(name: string, value: string): Promise<void>;
}

/** AWS WAF, for what stands behind it. */
export interface Firewall {
  /** Counts a request to a resource that comes from that address, and answers whether its web ACL lets it pass; all pass where it has none. */
  admits(resourceArn: string, address: string): boolean;
}

/** EventBridge. */
export interface EventBuses {
  /** Acknowledged when durable; then matched against rules and delivered at least once. */
  put(entries: readonly BusEntry[]): Promise<void>;
}

export interface BusEntry {
  readonly busName: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Json;
  readonly resources?: readonly string[];
}

/** EventBridge, for what puts events on behalf of a role. */
export interface EventIngestion {
  /**
   * PutEvents of the principal, with all its rules. Throws AwsError (`AccessDeniedException`, `ValidationException`) if
   * nothing is taken; what is wrong with one entry is in the result.
   */
  putEvents(principal: Principal, entries: readonly PutEventsEntry[]): Promise<PutEventsResult>;
}

/** By the names of EventBridge's API. */
export interface PutEventsEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  /** JSON text of an object. */
  readonly Detail?: string;
  /** Its name or its ARN; the default bus where it is absent. */
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  /** Seconds since the epoch. */
  readonly Time?: number;
  readonly TraceHeader?: string;
}

export type PutEventsResult = {
  readonly FailedEntryCount: number;
  /** In the order of the entries. */
  readonly Entries: readonly (
    | { readonly EventId: string }
    | { readonly ErrorCode: string; readonly ErrorMessage: string }
  )[];
};

/** The inbox that stands in for SES and for Cognito's own mails. */
export interface Mail {
  send(message: {
    readonly from?: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }): Promise<void>;
}

/** CloudWatch Logs. Never given a token or a password. */
export interface Logs {
  write(group: string, stream: string, messages: readonly string[]): void;
}

export interface LogTimes {
  /** When a group was last written to, over restarts too, in milliseconds since the epoch; 0: never. */
  lastWritten(group: string): number;
}

/** CloudWatch metrics, as services of AWS publish them: `record('AWS/Lambda', {FunctionName}, {Invocations: 1})`. */
export interface Metrics {
  record(
    namespace: string,
    dimensions: Readonly<Record<string, string>>,
    values: Readonly<Record<string, number>>,
  ): void;
}
