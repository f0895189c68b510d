import { AwsError } from '../../errors.ts';
import type { Json, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { busName, type EventStore } from '../store.ts';

/** AWS::Events::EventBusPolicy: kept and shown; within one account the caller's own policies decide. */
export function eventBusPolicyProvider(store: EventStore): ResourceProvider {
  const write = async (properties: JsonObject): Promise<ResourceResult> => {
    const { StatementId: id, Statement: statement, EventBusName: bus, Action, Principal, Condition } = properties;
    if (typeof id !== 'string') throw new AwsError('ValidationException', 'StatementId is missing');
    const found = store.busOf(busName(typeof bus === 'string' ? bus : undefined));
    const kept: Json = statement ?? {
      Effect: 'Allow',
      Action: Action ?? '',
      Principal: Principal ?? '',
      Resource: store.busArn(found.name),
      ...(Condition ? { Condition } : {}),
    };
    await store.putBus({ ...found, statements: { ...found.statements, [id]: kept } });
    return { physicalId: `${found.name}|${id}`, attributes: {} };
  };

  return {
    type: 'AWS::Events::EventBusPolicy',
    properties: ['StatementId', 'Statement', 'EventBusName', 'Action', 'Principal', 'Condition'],
    replacedBy: ['StatementId', 'EventBusName'],
    create: ({ properties }) => write(properties),
    update: ({ properties }) => write(properties),
    delete: async ({ physicalId }) => {
      const [name = '', id = ''] = physicalId.split('|');
      const bus = store.findBus(name);
      if (!bus) return;
      const statements = Object.entries(bus.statements).filter(([other]) => other !== id);
      await store.putBus({ ...bus, statements: Object.fromEntries(statements) });
    },
  };
}
