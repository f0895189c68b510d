import type { JsonObject } from '../service.ts';

/** A role as stored, by its name. */
export interface Role {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** `AROA…` */
  readonly id: string;
  readonly trustPolicy: JsonObject;
  /** Inline policies by name. */
  readonly inline: Readonly<Record<string, JsonObject>>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string;
  readonly description?: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The creation this role comes from, where CloudFormation made it. */
  readonly token?: string;
}

/** A customer managed policy as stored, by its ARN. */
export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly description?: string;
  readonly document: JsonObject;
  readonly createdAt: number;
  readonly token?: string;
}
