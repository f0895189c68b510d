import { AwsError } from '../../errors.ts';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { policyOf, removeBus, requireBusName } from '../operations/buses.ts';
import type { EventStore } from '../store.ts';
import { tagsOf } from './tags.ts';

const tokenTag = 'aws:cloudformation:token';

/** AWS::Events::EventBus */
export function eventBusProvider(store: EventStore): ResourceProvider {
  const describe = (name: string): ResourceResult => ({
    physicalId: name,
    attributes: { Arn: store.busArn(name), Name: name, Policy: policyOf(store.busOf(name)) ?? '' },
  });
  const description = ({ Description }: JsonObject): string | undefined =>
    typeof Description === 'string' ? Description : undefined;

  return {
    type: 'AWS::Events::EventBus',
    properties: ['Name', 'Description', 'Tags'],
    replacedBy: ['Name'],
    create: async ({ token, properties, tags }) => {
      const name = String(properties['Name']);
      requireBusName(name);
      const existing = store.findBus(name);
      if (existing && existing.tags[tokenTag] !== token) {
        throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
      }
      await store.putBus({
        name,
        description: description(properties),
        createdAt: existing?.createdAt ?? store.clock.now(),
        tags: { ...tags, ...tagsOf(properties), [tokenTag]: token },
        statements: existing?.statements ?? {},
      });
      return describe(name);
    },
    update: async ({ physicalId, properties, tags }) => {
      const bus = store.busOf(physicalId);
      const own = bus.tags[tokenTag];
      await store.putBus({
        ...bus,
        description: description(properties),
        tags: { ...tags, ...tagsOf(properties), ...(own === undefined ? {} : { [tokenTag]: own }) },
      });
      return describe(physicalId);
    },
    delete: async ({ physicalId }) => {
      if (store.findBus(physicalId)) await removeBus(store, physicalId);
    },
  };
}
