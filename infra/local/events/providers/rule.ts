import { AwsError } from '../../errors.ts';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { requireRule } from '../operations/rules.ts';
import { validatePattern } from '../patterns/validate-pattern.ts';
import { busName, defaultBus, type EventStore, type Rule } from '../store.ts';
import { readTarget, requireDistinct, type TargetInput } from '../target.ts';
import { tagsOf } from './tags.ts';

const tokenTag = 'aws:cloudformation:token';

/** AWS::Events::Rule. A rule of another bus than the default one is referred to as `bus|rule`. */
export function ruleProvider(store: EventStore): ResourceProvider {
  const write = async (
    bus: string,
    name: string,
    properties: JsonObject,
    tags: Rule['tags'],
  ): Promise<ResourceResult> => {
    const {
      EventPattern: pattern,
      ScheduleExpression,
      State = 'ENABLED',
      Description,
      RoleArn,
      Targets = [],
    } = properties;
    if (pattern !== undefined) validatePattern(pattern);
    const rule: Rule = {
      name,
      bus: store.busOf(bus).name,
      description: text(Description),
      pattern,
      schedule: text(ScheduleExpression),
      enabled: State !== 'DISABLED',
      roleArn: text(RoleArn),
      targets: (Targets as readonly TargetInput[]).map(readTarget),
      createdAt: store.findRule(bus, name)?.createdAt ?? store.clock.now(),
      tags,
    };
    requireRule(rule, String(State));
    requireDistinct(rule.targets);
    await store.putRule(rule);
    return { physicalId: bus === defaultBus ? name : `${bus}|${name}`, attributes: { Arn: store.ruleArn(bus, name) } };
  };
  const locate = (physicalId: string): [bus: string, name: string] => {
    const [bus, name] = physicalId.split('|');
    return name === undefined ? [defaultBus, physicalId] : [bus as string, name];
  };

  return {
    type: 'AWS::Events::Rule',
    properties: [
      'Name',
      'Description',
      'EventBusName',
      'EventPattern',
      'ScheduleExpression',
      'State',
      'Targets',
      'RoleArn',
      'Tags',
    ],
    replacedBy: ['Name', 'EventBusName'],
    create: async ({ stackName, logicalId, token, properties, tags }) => {
      const bus = busName(text(properties['EventBusName']));
      const name = text(properties['Name']) ?? `${`${stackName}-${logicalId}`.slice(0, 51)}-${token.slice(0, 12)}`;
      const existing = store.findRule(bus, name);
      if (existing && existing.tags[tokenTag] !== token) {
        throw new AwsError('ResourceAlreadyExistsException', `Rule ${name} already exists on EventBus ${bus}.`);
      }
      return await write(bus, name, properties, { ...tags, ...tagsOf(properties), [tokenTag]: token });
    },
    update: async ({ physicalId, properties, tags }) => {
      const [bus, name] = locate(physicalId);
      const own = store.findRule(bus, name)?.tags[tokenTag];
      return await write(bus, name, properties, {
        ...tags,
        ...tagsOf(properties),
        ...(own === undefined ? {} : { [tokenTag]: own }),
      });
    },
    delete: async ({ physicalId }) => {
      const [bus, name] = locate(physicalId);
      await store.deleteRule(bus, name);
    },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
