import { AwsError } from '../../errors.ts';
import type { Functions, Logs } from '../../service.ts';
import { type BusEvent, busName, type EventStore, type Target } from '../store.ts';
import { targetInput } from './target-input.ts';

export interface TargetDependencies {
  readonly store: EventStore;
  readonly functions: Pick<Functions, 'invokeLater'>;
  readonly logs: Logs;
  /** Publishes an event as it is on another bus. */
  publish(bus: string, event: BusEvent): Promise<void>;
}

type TargetKind = 'function' | 'bus' | 'log-group';

/** Which service a target's ARN names; `undefined` for one that is not supported here. */
export function targetKind(arn: string): TargetKind | undefined {
  if (/^arn:[^:]+:lambda:[^:]*:\d+:function:.+$/.test(arn)) return 'function';
  if (/^arn:[^:]+:events:[^:]*:\d+:event-bus\/.+$/.test(arn)) return 'bus';
  if (/^arn:[^:]+:logs:[^:]*:\d+:log-group:.+$/.test(arn)) return 'log-group';
  return undefined;
}

/** Hands an event over; when it resolves, the target has it for good. */
export async function sendToTarget(
  { store, functions, logs, publish }: TargetDependencies,
  rule: { readonly bus: string; readonly name: string },
  target: Target,
  event: BusEvent,
): Promise<void> {
  const arn = store.ruleArn(rule.bus, rule.name);
  switch (targetKind(target.arn)) {
    case 'function':
      return await functions.invokeLater(
        { service: 'events.amazonaws.com', sourceArn: arn },
        target.arn,
        targetInput(target, event, { arn, name: rule.name }),
      );
    case 'bus':
      return await publish(busName(target.arn), event);
    case 'log-group': {
      const input = targetInput(target, event, { arn, name: rule.name });
      logs.write(target.arn.split(':')[6] as string, event.id, [
        typeof input === 'string' ? input : JSON.stringify(input),
      ]);
      return;
    }
    case undefined:
      throw new AwsError('ValidationException', `The target ${target.arn} is of a kind that is not supported here`);
  }
}
