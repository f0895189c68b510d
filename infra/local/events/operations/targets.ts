import type { Call, Operation } from '../../service.ts';
import { busName, type EventStore } from '../store.ts';
import { describeTarget, readTarget, requireDistinct, type TargetInput } from '../target.ts';

interface TargetsInput {
  readonly Rule?: string;
  readonly EventBusName?: string;
  readonly Targets?: readonly TargetInput[];
  readonly Ids?: readonly string[];
}

export function targetOperations(store: EventStore): Record<string, Operation> {
  const ruleOf = (call: Call, action: string, { Rule = '', EventBusName }: TargetsInput) => {
    const bus = busName(EventBusName);
    call.authorize(`events:${action}`, store.ruleArn(bus, Rule));
    return store.ruleOf(bus, Rule);
  };

  return {
    async PutTargets(call: Call, input: TargetsInput) {
      const rule = ruleOf(call, 'PutTargets', input);
      const given = (input.Targets ?? []).map(readTarget);
      const ids = new Set(given.map(({ id }) => id));
      const targets = [...rule.targets.filter(({ id }) => !ids.has(id)), ...given];
      requireDistinct(targets);
      await store.putRule({ ...rule, targets });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    async RemoveTargets(call: Call, input: TargetsInput) {
      const rule = ruleOf(call, 'RemoveTargets', input);
      const gone = new Set(input.Ids ?? []);
      await store.putRule({ ...rule, targets: rule.targets.filter(({ id }) => !gone.has(id)) });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    ListTargetsByRule: (call: Call, input: TargetsInput) => ({
      Targets: ruleOf(call, 'ListTargetsByRule', input).targets.map(describeTarget),
    }),
  };
}
