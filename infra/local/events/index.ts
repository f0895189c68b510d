import { randomUUID } from 'node:crypto';
import { jsonProtocol } from '../front-door/protocols/json.ts';
import type {
  Call,
  Clock,
  Environment,
  EventBuses,
  EventIngestion,
  Functions,
  Identity,
  LocalService,
  Logs,
  PutEventsEntry,
  State,
} from '../service.ts';
import { createDeliveries, type Deliveries } from './delivery/deliveries.ts';
import { sendToTarget } from './delivery/send-to-target.ts';
import { busOperations } from './operations/buses.ts';
import { createPutEvents } from './operations/put-events.ts';
import { ruleOperations } from './operations/rules.ts';
import { targetOperations } from './operations/targets.ts';
import { eventBusPolicyProvider } from './providers/event-bus-policy.ts';
import { eventBusProvider } from './providers/event-bus.ts';
import { ruleProvider } from './providers/rule.ts';
import { makeEvent, publish, type Publication } from './publish.ts';
import { createScheduler } from './schedules/scheduler.ts';
import { createEventStore } from './store.ts';

export interface EventsDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly identity: Pick<Identity, 'authorize'>;
  readonly functions: Pick<Functions, 'invokeLater'>;
  readonly logs: Logs;
}

/** EventBridge. */
export function createEvents({
  state,
  environment,
  clock,
  identity,
  functions,
  logs,
}: EventsDependencies): LocalService & EventBuses & EventIngestion {
  const store = createEventStore(state, environment, clock);
  const publishAll = (publications: readonly Publication[]): Promise<void> => publish(store, deliveries, publications);
  const targets = {
    store,
    functions,
    logs,
    publish: (bus: string, event: Publication['event']) => publishAll([{ bus: store.busOf(bus).name, event }]),
  };
  const deliveries: Deliveries = createDeliveries({
    state,
    clock,
    logs,
    newId: randomUUID,
    send: (rule, target, event) => sendToTarget(targets, rule, target, event),
    ruleCreatedAt: ({ bus, name }) => store.findRule(bus, name)?.createdAt,
  });
  const scheduler = createScheduler(store, randomUUID, (rule, event) => deliveries.add([{ rule, event }]));
  const putEvents = createPutEvents(store, randomUUID, publishAll);
  const operations = {
    PutEvents: (call: Call, { Entries = [] }: { readonly Entries?: readonly PutEventsEntry[] }) =>
      putEvents(call, Entries),
    ...busOperations(store),
    ...ruleOperations(store),
    ...targetOperations(store),
  };

  return {
    name: 'events',
    apis: [jsonProtocol({ signingName: 'events', targetPrefix: 'AWSEvents', version: '1.1', operations })],
    providers: [eventBusProvider(store), ruleProvider(store), eventBusPolicyProvider(store)],
    put: (entries) =>
      publishAll(
        entries.map((entry) => ({
          bus: store.busOf(entry.busName).name,
          event: makeEvent(store, randomUUID(), entry),
        })),
      ),
    putEvents: (principal, entries) =>
      putEvents({ authorize: (...asked) => identity.authorize(principal, ...asked) }, entries),
    async start() {
      deliveries.start();
      scheduler.start();
    },
    async stop() {
      scheduler.stop();
      await deliveries.stop();
    },
  };
}
