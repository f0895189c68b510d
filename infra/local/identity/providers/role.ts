import { AwsError } from '../../errors.ts';
import type { Json, JsonObject, ResourceProvider, ResourceResult, ResourceScope } from '../../service.ts';
import type { Role } from '../model.ts';
import { requirePolicy } from '../policy/compile.ts';
import type { IdentityStore } from '../store.ts';
import { generatedName, tagsProperty, textList, textProperty } from './properties.ts';

const longestName = 64;

/** AWS::IAM::Role */
export function roleProvider(store: IdentityStore): ResourceProvider {
  const result = (role: Role): ResourceResult => ({
    physicalId: role.name,
    attributes: { Arn: role.arn, RoleId: role.id },
  });

  return {
    type: 'AWS::IAM::Role',
    properties: [
      'AssumeRolePolicyDocument',
      'Description',
      'ManagedPolicyArns',
      'MaxSessionDuration',
      'Path',
      'PermissionsBoundary',
      'Policies',
      'RoleName',
      'Tags',
    ],
    replacedBy: ['Path', 'RoleName'],

    async create({ token, properties, ...scope }) {
      const name = textProperty(properties, 'RoleName') ?? generatedName(scope, token, longestName);
      const existing = store.roles.get(name);
      if (existing && existing.token !== token) {
        throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
      }
      const path = textProperty(properties, 'Path') ?? '/';
      const arn = store.arn('role', path, name);
      const role: Role = {
        name,
        path,
        arn,
        id: store.uniqueId('AROA', token),
        inline: inlinePolicies(properties),
        attached: managedPolicies(store, properties),
        createdAt: existing?.createdAt ?? store.clock.now(),
        token,
        ...settings(store, scope, properties),
      };
      await store.roles.put(name, role);
      return result(role);
    },

    async update({ physicalId, properties, previous, ...scope }) {
      const role = store.role(physicalId);
      // Policies that other resources have put onto the role stay.
      const before = new Set(Object.keys(inlinePolicies(previous)));
      const others = Object.entries(role.inline).filter(([name]) => !before.has(name));
      const attachedBefore = new Set(textList(previous, 'ManagedPolicyArns'));
      const attachedByOthers = role.attached.filter((arn) => !attachedBefore.has(arn));
      const changed: Role = {
        ...identityOf(role),
        inline: { ...Object.fromEntries(others), ...inlinePolicies(properties) },
        attached: [...new Set([...attachedByOthers, ...managedPolicies(store, properties)])],
        ...settings(store, scope, properties),
      };
      await store.roles.put(physicalId, changed);
      return result(changed);
    },

    delete: ({ physicalId }) => store.roles.delete(physicalId),
  };
}

type Lasting = Pick<Role, 'name' | 'path' | 'arn' | 'id' | 'createdAt' | 'token'>;

/** What no update changes. */
function identityOf({ name, path, arn, id, createdAt, token }: Role): Lasting {
  return { name, path, arn, id, createdAt, ...(token === undefined ? {} : { token }) };
}

type Settings = Pick<Role, 'trustPolicy' | 'permissionsBoundary' | 'description' | 'maxSessionDuration' | 'tags'>;

function settings(store: IdentityStore, scope: ResourceScope, properties: JsonObject): Settings {
  const boundary = textProperty(properties, 'PermissionsBoundary');
  const description = textProperty(properties, 'Description');
  return {
    trustPolicy: requirePolicy(properties['AssumeRolePolicyDocument'], 'trust'),
    ...(boundary === undefined ? {} : { permissionsBoundary: store.requireManaged(boundary) }),
    ...(description === undefined ? {} : { description }),
    maxSessionDuration: Number(properties['MaxSessionDuration'] ?? 3600),
    tags: tagsProperty(scope, properties),
  };
}

function managedPolicies(store: IdentityStore, properties: JsonObject): string[] {
  return textList(properties, 'ManagedPolicyArns').map((arn) => store.requireManaged(arn));
}

function inlinePolicies(properties: JsonObject): Record<string, JsonObject> {
  const policies = (properties['Policies'] ?? []) as readonly {
    readonly PolicyName: string;
    readonly PolicyDocument: Json;
  }[];
  return Object.fromEntries(
    policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, requirePolicy(PolicyDocument)]),
  );
}
