import type { Clock, Collection, CallContext, Environment, JsonObject } from '../service.ts';
import type { TableNames } from './names.ts';
import type { Schemas } from './schemas.ts';
import type { StreamListeners } from './stream-listeners.ts';

/** `callEngine` bound to the engine. */
export type CallEngine = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** What the cloud keeps of a table beside the engine. */
export interface TableSettings {
  /** The creation that the table comes from, where CloudFormation made it. */
  readonly token?: string;
  /** The number attribute that holds an item's end, in seconds since the epoch. */
  readonly timeToLive?: string;
  readonly recovery?: { readonly enabledAt: number; readonly days: number };
  /** Its SSESpecification; the engine takes one at creation only. */
  readonly encryption?: JsonObject;
}

/** One permission that an operation needs. */
export interface Access {
  /** `dynamodb:GetItem` */
  readonly action: string;
  readonly resource: string;
  readonly context?: CallContext;
}

export interface TableServices {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly callEngine: CallEngine;
  readonly names: TableNames;
  readonly schemas: Schemas;
  readonly settings: Collection<TableSettings>;
  readonly listeners: StreamListeners;
}

/** Throws unless the caller has the permission. */
export type Authorize = (access: Access) => void;

/** An operation on items: what it needs and what it writes is found out here, the work is the engine's. */
export interface ItemOperation {
  plan(services: TableServices, input: JsonObject): ItemPlan;
}

export interface ItemPlan {
  /** The request as the engine is to see it, tables by name. */
  readonly input: JsonObject;
  /** Asked for only if the caller is bound by policies. */
  access(): Promise<readonly Access[]>;
  /** Tables that a success has written to. */
  readonly written: readonly string[];
}

/** An operation on tables or streams: authorizes itself, and answers what the client gets. */
export type TableOperation = (
  services: TableServices,
  authorize: Authorize,
  input: JsonObject,
) => Promise<JsonObject> | JsonObject;
