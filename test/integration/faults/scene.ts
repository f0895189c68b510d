import type { Outputs } from '../../../infra/start/outputs.ts';

/** A running system; it is not the same process all the time. */
export interface Scene {
  outputs(): Outputs;
  folder(): string;
}
