import { readFileSync } from 'node:fs';
import type { Units } from './capacity.ts';
import type { Invocations } from './lambda-meter.ts';

/** What one request of an operation took, as it was metered. */
export interface Meter {
  /** DynamoDB's units for the tenant's gate. */
  readonly gate: Units;
  /** All others. */
  readonly data: Units;
  /** Changes that were published to the tenant's subscribers: mutations of the system's own. */
  readonly published: number;
  /** By the folder of the function. */
  readonly functions: Readonly<Record<string, Invocations>>;
}

export interface Meters {
  readonly day: string;
  /** What one call of the authorizer takes: a request whose answer AppSync keeps already has none. */
  readonly authorizer: Meter;
  readonly operations: Readonly<Record<string, Meter>>;
}

export const metersFile = 'bench/cost/meters.json';

export function readMeters(): Meters {
  return JSON.parse(readFileSync(metersFile, 'utf8')) as Meters;
}
