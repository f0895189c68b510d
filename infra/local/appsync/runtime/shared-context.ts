import type { ResolverContext } from './evaluation.ts';

/** What each handler is given for itself, each part as JSON. */
export interface OwnContext {
  readonly arguments: string;
  readonly source: string;
  readonly stash: string;
  readonly result: string;
  readonly prev: string;
  readonly error: string;
}

/** What all handlers of a field are given alike, written as JSON once for them all. */
export type SharedContext = readonly [identity: string, request: string, env: string, info: string];

type Shared = 'identity' | 'request' | 'env' | 'info';

const written = new WeakMap<object, string>();

/** JSON of what all fields of a request, or all requests to an API, are given alike, and nobody changes: written once. */
function writeOnce(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let json = written.get(value);
  if (json === undefined) written.set(value, (json = JSON.stringify(value)));
  return json;
}

export function shareContext(context: Pick<ResolverContext, Shared>): SharedContext {
  const { identity = null, request = null, env = {}, info = {} } = context;
  return [writeOnce(identity), writeOnce(request), writeOnce(env), JSON.stringify(info)];
}

export function writeOwn(context: Omit<ResolverContext, Shared>): OwnContext {
  const { arguments: args = {}, source = null, stash = {}, result = null, prev = null, error = null } = context;
  return {
    arguments: JSON.stringify(args),
    source: JSON.stringify(source),
    stash: JSON.stringify(stash),
    result: JSON.stringify(result),
    prev: JSON.stringify(prev),
    error: JSON.stringify(error),
  };
}
