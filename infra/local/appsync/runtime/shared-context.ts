import type { ResolverContext } from './evaluation.ts';

/** What each handler is given for itself. */
export type OwnContext = Pick<ResolverContext, 'arguments' | 'source' | 'stash' | 'result' | 'prev' | 'error'>;

/** What all handlers of a field are given alike, written as JSON once for them all. */
export type SharedContext = readonly [identity: string, request: string, env: string, info: string];

export function shareContext(context: Omit<ResolverContext, keyof OwnContext>): SharedContext {
  const { identity = null, request = null, env = {}, info = {} } = context;
  return [JSON.stringify(identity), JSON.stringify(request), JSON.stringify(env), JSON.stringify(info)];
}
