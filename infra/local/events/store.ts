import { AwsError } from '../errors.ts';
import type { Clock, Environment, Json, JsonObject, State } from '../service.ts';

export interface EventBus {
  readonly name: string;
  readonly description?: string | undefined;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Statements of its resource policy by id: kept and shown, not enforced. */
  readonly statements: Readonly<Record<string, Json>>;
}

export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly input?: string | undefined;
  readonly inputPath?: string | undefined;
  readonly inputTransformer?:
    | { readonly paths: Readonly<Record<string, string>>; readonly template: string }
    | undefined;
  readonly retry?: { readonly attempts?: number | undefined; readonly ageSeconds?: number | undefined } | undefined;
  readonly roleArn?: string | undefined;
}

export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly description?: string | undefined;
  readonly pattern?: JsonObject | undefined;
  readonly schedule?: string | undefined;
  readonly enabled: boolean;
  readonly roleArn?: string | undefined;
  readonly targets: readonly Target[];
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** An event as targets see it. */
export interface BusEvent extends JsonObject {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Json;
}

export const defaultBus = 'default';

export type EventStore = ReturnType<typeof createEventStore>;

export function createEventStore(state: State, environment: Environment, clock: Clock) {
  const buses = state.collection<EventBus>('events/buses');
  const rules = state.collection<Rule>('events/rules');
  const { partition, region, accountId } = environment;
  const prefix = `arn:${partition}:events:${region}:${accountId}`;
  const builtIn: EventBus = { name: defaultBus, createdAt: 0, tags: {}, statements: {} };

  const findBus = (name: string): EventBus | undefined =>
    buses.get(name) ?? (name === defaultBus ? builtIn : undefined);
  const ruleKey = (bus: string, name: string): string => `${bus}/${name}`;

  return {
    environment,
    clock,
    findBus,
    allBuses: (): EventBus[] => [...(buses.has(defaultBus) ? [] : [builtIn]), ...buses.values()],
    putBus: (bus: EventBus): Promise<void> => buses.put(bus.name, bus),
    deleteBus: (name: string): Promise<void> => buses.delete(name),
    busOf(name: string): EventBus {
      const bus = findBus(name);
      if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
      return bus;
    },
    busArn: (name: string): string => `${prefix}:event-bus/${name}`,
    ruleArn: (bus: string, name: string): string => `${prefix}:rule/${bus === defaultBus ? name : `${bus}/${name}`}`,

    findRule: (bus: string, name: string): Rule | undefined => rules.get(ruleKey(bus, name)),
    ruleOf(bus: string, name: string): Rule {
      const rule = rules.get(ruleKey(bus, name));
      if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`);
      return rule;
    },
    rulesOf: (bus: string): Rule[] => [...rules.values()].filter((rule) => rule.bus === bus),
    allRules: (): Rule[] => [...rules.values()],
    putRule: (rule: Rule): Promise<void> => rules.put(ruleKey(rule.bus, rule.name), rule),
    deleteRule: (bus: string, name: string): Promise<void> => rules.delete(ruleKey(bus, name)),
  };
}

/** A bus is named by its name or its ARN; by nothing, it is the default bus. */
export function busName(nameOrArn: string | undefined): string {
  if (!nameOrArn) return defaultBus;
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
}
