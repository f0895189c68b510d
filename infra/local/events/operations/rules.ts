import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { matchPattern } from '../patterns/match-pattern.ts';
import { isObject, parsePattern } from '../patterns/validate-pattern.ts';
import { parseSchedule } from '../schedules/parse-schedule.ts';
import { busName, defaultBus, type EventStore, type Rule } from '../store.ts';

interface RuleInput {
  readonly Name?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
  readonly NamePrefix?: string;
}

export function ruleOperations(store: EventStore): Record<string, Operation> {
  const describe = (rule: Rule) => ({
    Name: rule.name,
    Arn: store.ruleArn(rule.bus, rule.name),
    EventPattern: rule.pattern && JSON.stringify(rule.pattern),
    ScheduleExpression: rule.schedule,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.bus,
  });
  const named = (call: Call, action: string, { Name = '', EventBusName }: RuleInput): Rule => {
    const bus = busName(EventBusName);
    call.authorize(`events:${action}`, store.ruleArn(bus, Name));
    return store.ruleOf(bus, Name);
  };

  return {
    async PutRule(call: Call, input: RuleInput) {
      const {
        Name: name = '',
        Description: description,
        RoleArn: roleArn,
        ScheduleExpression: schedule,
        State = 'ENABLED',
      } = input;
      const bus = store.busOf(busName(input.EventBusName)).name;
      call.authorize('events:PutRule', store.ruleArn(bus, name));
      const pattern = input.EventPattern === undefined ? undefined : parsePattern(input.EventPattern);
      const existing = store.findRule(bus, name);
      const rule: Rule = {
        name,
        bus,
        description,
        pattern,
        schedule,
        roleArn,
        enabled: State !== 'DISABLED',
        targets: existing?.targets ?? [],
        createdAt: existing?.createdAt ?? store.clock.now(),
        tags: existing?.tags ?? {},
      };
      requireRule(rule, State);
      await store.putRule(rule);
      return { RuleArn: store.ruleArn(bus, name) };
    },

    async DeleteRule(call: Call, input: RuleInput) {
      const [bus, name] = [busName(input.EventBusName), input.Name ?? ''];
      call.authorize('events:DeleteRule', store.ruleArn(bus, name));
      const rule = store.findRule(bus, name);
      if (rule && rule.targets.length > 0)
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      await store.deleteRule(bus, name);
      return {};
    },

    DescribeRule: (call: Call, input: RuleInput) => describe(named(call, 'DescribeRule', input)),

    ListRules(call: Call, input: RuleInput) {
      const bus = store.busOf(busName(input.EventBusName)).name;
      call.authorize('events:ListRules', store.ruleArn(bus, '*'));
      return {
        Rules: store
          .rulesOf(bus)
          .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
          .map(describe),
      };
    },

    async EnableRule(call: Call, input: RuleInput) {
      await store.putRule({ ...named(call, 'EnableRule', input), enabled: true });
      return {};
    },

    async DisableRule(call: Call, input: RuleInput) {
      await store.putRule({ ...named(call, 'DisableRule', input), enabled: false });
      return {};
    },

    TestEventPattern(
      call: Call,
      { EventPattern = '', Event = '' }: { readonly EventPattern?: string; readonly Event?: string },
    ) {
      call.authorize('events:TestEventPattern', '*');
      const pattern = parsePattern(EventPattern);
      let event: unknown;
      try {
        event = JSON.parse(Event);
      } catch {
        // Reported below, like any other event that is no object.
      }
      if (!isObject(event)) throw new AwsError('ValidationException', 'Parameter Event is not valid.');
      return { Result: matchPattern(pattern, event) };
    },
  };
}

/** What every rule must be, whoever makes it. */
export function requireRule({ name, bus, pattern, schedule }: Rule, state: string): void {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(name)) {
    throw new AwsError(
      'ValidationException',
      `The name of a rule is ${JSON.stringify(name)}, expected 1 to 64 of letters, digits, '.', '-' and '_'`,
    );
  }
  if (state !== 'ENABLED' && state !== 'DISABLED')
    throw new AwsError('ValidationException', `State is ${state}, expected ENABLED or DISABLED`);
  if (pattern === undefined && schedule === undefined) {
    throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (schedule === undefined) return;
  if (bus !== defaultBus)
    throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
  parseSchedule(schedule);
}
