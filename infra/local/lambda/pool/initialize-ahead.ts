import type { FunctionDocument } from '../model.ts';
import type { Pool } from './pool.ts';

/** Starts workers of functions one after the other, so that they do not get in the way of what is asked for now. */
export function createInitializeAhead(pool: Pool): (document: FunctionDocument) => void {
  let last = Promise.resolve();
  return (document) => {
    last = last.then(() => pool.warm(document));
  };
}
