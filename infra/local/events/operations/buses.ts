import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { busName, defaultBus, type EventBus, type EventStore } from '../store.ts';

interface BusInput {
  readonly Name?: string;
  readonly Description?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

export function busOperations(store: EventStore): Record<string, Operation> {
  const describe = (bus: EventBus) => ({
    Name: bus.name,
    Arn: store.busArn(bus.name),
    Description: bus.description,
    Policy: policyOf(bus),
    CreationTime: new Date(bus.createdAt),
  });

  return {
    async CreateEventBus(call: Call, { Name: name = '', Description: description, Tags = [] }: BusInput) {
      call.authorize('events:CreateEventBus', store.busArn(name));
      requireBusName(name);
      if (store.findBus(name))
        throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
      const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
      await store.putBus({ name, description, createdAt: store.clock.now(), tags, statements: {} });
      return { EventBusArn: store.busArn(name), Description: description };
    },

    async DeleteEventBus(call: Call, { Name: name = '' }: BusInput) {
      call.authorize('events:DeleteEventBus', store.busArn(name));
      await removeBus(store, name);
      return {};
    },

    DescribeEventBus(call: Call, { Name }: BusInput) {
      const name = busName(Name);
      call.authorize('events:DescribeEventBus', store.busArn(name));
      return describe(store.busOf(name));
    },

    ListEventBuses(call: Call, { NamePrefix = '' }: { readonly NamePrefix?: string }) {
      call.authorize('events:ListEventBuses', '*');
      return {
        EventBuses: store
          .allBuses()
          .filter(({ name }) => name.startsWith(NamePrefix))
          .map(describe),
      };
    },
  };
}

export function requireBusName(name: string): void {
  if (/^[A-Za-z0-9._-]{1,256}$/.test(name)) return;
  throw new AwsError(
    'ValidationException',
    `The name of an event bus is ${JSON.stringify(name)}, expected 1 to 256 of letters, digits, '.', '-' and '_'`,
  );
}

/** A bus goes once it has no rules. */
export async function removeBus(store: EventStore, name: string): Promise<void> {
  if (name === defaultBus) throw new AwsError('ValidationException', 'Cannot delete event bus default.');
  if (store.rulesOf(name).length > 0)
    throw new AwsError('ValidationException', "Event bus can't be deleted since it has rules.");
  await store.deleteBus(name);
}

export function policyOf({ statements }: EventBus): string | undefined {
  const all = Object.entries(statements);
  if (all.length === 0) return undefined;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: all.map(([Sid, statement]) => ({ Sid, ...(statement as object) })),
  });
}
