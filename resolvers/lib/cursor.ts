/**
 * Cursors of our own: base64 of a place in one list of one tenant. A cursor chooses where a page starts and nothing
 * else; the partition that is read always comes from the caller, so a forged cursor reaches nothing new.
 */
import { util } from '@aws-appsync/utils';
import { badRequest } from './badRequest.ts';

/** Which list: whose, and of what query. A cursor is good for its own list only. */
export interface List {
  /** The tenant's id, or `operator`. */
  readonly owner: string;
  /** The field and the arguments that decide what is in the list. */
  readonly query: string;
}

export interface Position {
  readonly shard: number;
  /** The sort key of the last item before this place; empty at the start of the shard. */
  readonly after: string;
}

interface CursorContent {
  readonly v: number;
  readonly owner: string;
  readonly query: string;
  readonly shard: number;
  readonly after: string;
}

const version = 1;
/**
 * More than our longest has: three filters of 200 characters, each of which may be seven in JSON within JSON (`\\\\u0001`), are 4,200 of them, 5,600 in base64;
 * owner and place are a few hundred more.
 */
const longest = 6400;

export function writeCursor(list: List, position: Position): string {
  const content: CursorContent = { v: version, ...list, ...position };
  return util.base64Encode(JSON.stringify(content));
}

/** Ends the field with BadRequest if the cursor is not one that this list gave. */
export function readCursor(list: List, cursor: string): Position {
  if (cursor.length > longest || !util.matches('^[A-Za-z0-9+/]+={0,2}$', cursor)) badRequest(notOurs);
  // APPSYNC_JS answers "" for what is not JSON.
  const content = JSON.parse(util.base64Decode(cursor)) as Partial<CursorContent> | '' | null;
  if (!content || content.v !== version || typeof content.after !== 'string' || typeof content.shard !== 'number') {
    return badRequest(notOurs);
  }
  // The same answer for another tenant's cursor as for another query's: neither says whose it was.
  if (content.owner !== list.owner || content.query !== list.query) badRequest('after: this cursor is of another list');
  return { shard: content.shard, after: content.after };
}

const notOurs = 'after: not a cursor of this API; pass the endCursor of the page before';
