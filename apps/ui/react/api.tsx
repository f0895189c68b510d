import { createContext, type ReactNode, useContext } from 'react';
import type { ApiAddress } from '../config.ts';
import { createGraphqlClient, type GraphqlClient } from '../graphql/client.ts';
import type { Authorize } from '../graphql/document.ts';
import { createRealtimeClient, type RealtimeClient } from '../realtime/client.ts';

/** One AppSync API as components use it. */
export interface Api {
  readonly graphql: GraphqlClient;
  readonly realtime: RealtimeClient;
}

export function createApi({ graphqlUrl, realtimeUrl }: ApiAddress, authorize: Authorize): Api {
  return {
    graphql: createGraphqlClient({ url: graphqlUrl, authorize }),
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
