import { createContext, type ReactNode, useContext } from 'react';
import type { ApiAddress } from '../config.ts';
import { createGraphqlClient, type GraphqlClient } from '../graphql/client.ts';
import type { Authorize, Renew } from '../graphql/document.ts';
import { createRealtimeClient, type RealtimeClient } from '../realtime/client.ts';

/** One AppSync API as components use it. */
export interface Api {
  readonly graphql: GraphqlClient;
  readonly realtime: RealtimeClient;
}

/** What a session gives an API. */
export interface Authorization {
  readonly authorize: Authorize;
  readonly renew?: Renew;
}

export function createApi({ graphqlUrl, realtimeUrl }: ApiAddress, { authorize, renew }: Authorization): Api {
  return {
    graphql: createGraphqlClient({ url: graphqlUrl, authorize, ...(renew && { renew }) }),
    realtime: createRealtimeClient({ graphqlUrl, realtimeUrl, authorize }),
  };
}

const ApiContext = createContext<Api | undefined>(undefined);

export function ApiProvider({ api, children }: { readonly api: Api; readonly children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>;
}

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('There is no ApiProvider above this component');
  return api;
}
