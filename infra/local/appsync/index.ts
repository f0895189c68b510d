import type {
  Clock,
  Environment,
  EventIngestion,
  Firewall,
  Functions,
  Identity,
  LocalService,
  Logs,
  Objects,
  State,
  Tables,
} from '../service.ts';
import { createAuthenticate } from './authorization/authenticate.ts';
import { dataSourceOpener } from './data-sources/open-data-source.ts';
import { createPageTokens } from './data-sources/page-tokens.ts';
import { createApiCompiler } from './execution/compile-api.ts';
import { graphqlRoute } from './http/graphql-route.ts';
import { Turns } from './http/turns.ts';
import { checkCode } from './language/index.ts';
import { createRequestLog } from './logging/request-log.ts';
import { appsyncApi } from './operations/index.ts';
import { appsyncProviders } from './providers/index.ts';
import { rememberChecks } from './providers/remember-checks.ts';
import { createRealtime } from './realtime/index.ts';
import { createPublisher } from './realtime/publisher.ts';
import { createSubscriptionIndex } from './realtime/subscription.ts';
import { bundleModules } from './runtime/bundle-modules.ts';
import { createResolverRuntime, evaluateCode } from './runtime/index.ts';
import { createStore } from './store.ts';

export interface AppsyncDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly tables: Tables;
  readonly functions: Functions;
  readonly events: EventIngestion;
  readonly firewall: Firewall;
  readonly objects: Objects;
  readonly logs: Logs;
  /** `crypto.randomBytes` */
  readonly randomBytes: (size: number) => Buffer;
}

/** AppSync: GraphQL APIs, their resolvers in APPSYNC_JS, and subscriptions. */
export function createAppsync(dependencies: AppsyncDependencies): LocalService {
  const { state, environment, clock, identity, tables, functions, events, firewall, objects, logs, randomBytes } =
    dependencies;
  const store = createStore(state, environment);
  const tokens = createPageTokens(state, randomBytes);
  const log = createRequestLog(logs, clock);
  const compiler = createApiCompiler({
    store,
    newRuntime: () => createResolverRuntime({ randomBytes, clock }),
    openDataSource: dataSourceOpener({ identity, tables, functions, events, tokens }),
  });
  const authenticate = createAuthenticate({ store, environment, clock, identity, functions });
  const index = createSubscriptionIndex();
  const shared = { compiler, authenticate, log, newRequestId: () => randomBytes(16).toString('hex') };
  const realtime = createRealtime({ ...shared, store, clock, index });

  return {
    name: 'appsync',
    apis: [appsyncApi({ store, environment }, (input) => evaluateCode(input, { randomBytes, clock }))],
    routes: [graphqlRoute({ ...shared, store, firewall, turns: new Turns(), publisher: createPublisher(index, log) })],
    upgrades: [realtime.upgrade],
    providers: appsyncProviders({ store, environment, clock, objects, check: rememberChecks(checkCode) }),
    async start() {
      // Made now, while nobody waits, and not at the first request.
      bundleModules();
      await tokens.ready();
      realtime.start();
    },
    stop() {
      realtime.stop();
      return Promise.resolve();
    },
  };
}
