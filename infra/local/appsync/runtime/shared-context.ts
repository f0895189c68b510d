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

export function shareContext(context: Pick<ResolverContext, Shared>): SharedContext {
  const { identity = null, request = null, env = {}, info = {} } = context;
  return [JSON.stringify(identity), JSON.stringify(request), JSON.stringify(env), JSON.stringify(info)];
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
