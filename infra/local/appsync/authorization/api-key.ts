import type { Clock } from '../../service.ts';
import type { Caller } from '../execution/request-scope.ts';
import type { Api } from '../model.ts';
import type { Store } from '../store.ts';
import type { Attempt } from './authenticate.ts';
import { unauthorized } from './unauthorized.ts';

const none: ReadonlySet<string> = new Set();

/** `x-api-key` names a key of this API that has not expired. */
export function authenticateApiKey(store: Store, clock: Clock, api: Api, { headers }: Attempt): Caller {
  const key = headers['x-api-key'];
  const record = typeof key === 'string' ? store.keys.get(key) : undefined;
  if (!record || record.apiId !== api.apiId || record.expires * 1000 <= clock.now()) throw unauthorized();
  return { mode: 'API_KEY', identity: null, deniedFields: none, secrets: [record.id] };
}
