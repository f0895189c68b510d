import { AwsError } from '../../errors.ts';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import type { ManagedPolicy } from '../model.ts';
import { requirePolicy } from '../policy/compile.ts';
import type { IdentityStore } from '../store.ts';
import { generatedName, textList, textProperty } from './properties.ts';

const longestName = 128;

/** AWS::IAM::ManagedPolicy */
export function managedPolicyProvider(store: IdentityStore): ResourceProvider {
  const attach = async (arn: string, roles: readonly string[]): Promise<void> => {
    for (const name of roles) {
      const role = store.role(name);
      if (!role.attached.includes(arn)) await store.roles.put(name, { ...role, attached: [...role.attached, arn] });
    }
  };
  const detach = async (arn: string, roles: readonly string[]): Promise<void> => {
    for (const name of roles) {
      const role = store.roles.get(name);
      if (!role?.attached.includes(arn)) continue;
      await store.roles.put(name, { ...role, attached: role.attached.filter((other) => other !== arn) });
    }
  };
  const write = async (policy: ManagedPolicy, properties: JsonObject): Promise<ResourceResult> => {
    await store.managedPolicies.put(policy.arn, policy);
    await attach(policy.arn, textList(properties, 'Roles'));
    return { physicalId: policy.arn, attributes: { PolicyArn: policy.arn, PolicyId: policy.id } };
  };

  return {
    type: 'AWS::IAM::ManagedPolicy',
    properties: ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
    replacedBy: ['Description', 'ManagedPolicyName', 'Path'],

    create({ token, properties, ...scope }) {
      const name = textProperty(properties, 'ManagedPolicyName') ?? generatedName(scope, token, longestName);
      const path = textProperty(properties, 'Path') ?? '/';
      const arn = store.arn('policy', path, name);
      const existing = store.managedPolicies.get(arn);
      if (existing && existing.token !== token) {
        throw new AwsError('EntityAlreadyExists', `A policy called ${name} already exists.`, 409);
      }
      const description = textProperty(properties, 'Description');
      return write(
        {
          name,
          path,
          arn,
          id: store.uniqueId('ANPA', token),
          ...(description === undefined ? {} : { description }),
          document: requirePolicy(properties['PolicyDocument']),
          createdAt: existing?.createdAt ?? store.clock.now(),
          token,
        },
        properties,
      );
    },

    async update({ physicalId, properties, previous }) {
      const policy = store.managedPolicies.get(physicalId);
      if (!policy) throw new AwsError('NoSuchEntity', `Policy ${physicalId} was not found.`, 404);
      const roles = textList(properties, 'Roles');
      await detach(
        physicalId,
        textList(previous, 'Roles').filter((role) => !roles.includes(role)),
      );
      return write({ ...policy, document: requirePolicy(properties['PolicyDocument']) }, properties);
    },

    async delete({ physicalId }) {
      await detach(physicalId, [...store.roles.ids()]);
      await store.managedPolicies.delete(physicalId);
    },
  };
}
