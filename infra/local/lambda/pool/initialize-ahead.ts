import type { LogTimes } from '../../service.ts';
import type { FunctionDocument } from '../model.ts';
import type { Pool } from './pool.ts';

/**
 * Starts workers of functions one after the other, so that they do not get in the way of what is asked for now. There is not room for
 * all: those that were used last come first.
 */
export async function initializeAhead(
  pool: Pick<Pool, 'warm'>,
  functions: readonly FunctionDocument[],
  times: LogTimes,
): Promise<void> {
  const dated = functions.map((document) => ({ document, used: times.lastWritten(document.logging.group) }));
  for (const { document } of dated.sort((left, right) => right.used - left.used)) await pool.warm(document);
}
