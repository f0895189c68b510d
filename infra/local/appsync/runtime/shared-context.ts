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

/** What all fields of a request are given alike, as JSON. */
export interface RequestContext {
  readonly identity: string;
  readonly env: string;
  /** Its headers take long to write, and few handlers read them: written when the first one does. */
  readonly request: () => string;
}

/** What all handlers of a field are given alike. */
export interface SharedContext {
  readonly request: RequestContext;
  readonly info: string;
}

/**
 * The caller keeps it for as long as the request lasts. Not in a WeakMap by the request: V8's small collections take its values for
 * reachable, and so moved each to old memory.
 */
export function writeRequest(context: Pick<ResolverContext, 'identity' | 'request' | 'env'>): RequestContext {
  const { identity = null, request = null, env = {} } = context;
  let written: string | undefined;
  return {
    identity: JSON.stringify(identity),
    env: JSON.stringify(env),
    request: () => (written ??= JSON.stringify(request)),
  };
}

export function shareContext(request: RequestContext, info: ResolverContext['info'] | object = {}): SharedContext {
  return { request, info: JSON.stringify(info) };
}

export function writeOwn(context: Omit<ResolverContext, 'identity' | 'request' | 'env' | 'info'>): OwnContext {
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
