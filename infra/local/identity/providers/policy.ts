import { AwsError } from '../../errors.ts';
import type { JsonObject, ResourceProvider } from '../../service.ts';
import { requirePolicy } from '../policy/compile.ts';
import type { IdentityStore } from '../store.ts';
import { generatedName, textList, textProperty } from './properties.ts';

const longestName = 128;

/** AWS::IAM::Policy: an inline policy on each of its roles. */
export function policyProvider(store: IdentityStore): ResourceProvider {
  const put = async (properties: JsonObject): Promise<void> => {
    const { name, roles } = read(properties);
    const document = requirePolicy(properties['PolicyDocument']);
    await Promise.all(
      roles.map((roleName) => {
        const role = store.role(roleName);
        return store.roles.put(roleName, { ...role, inline: { ...role.inline, [name]: document } });
      }),
    );
  };

  const remove = async (name: string, roles: readonly string[]): Promise<void> => {
    await Promise.all(
      roles.map(async (roleName) => {
        const role = store.roles.get(roleName);
        if (!role || !Object.hasOwn(role.inline, name)) return;
        const inline = Object.fromEntries(Object.entries(role.inline).filter(([other]) => other !== name));
        await store.roles.put(roleName, { ...role, inline });
      }),
    );
  };

  return {
    type: 'AWS::IAM::Policy',
    properties: ['PolicyDocument', 'PolicyName', 'Roles'],
    replacedBy: ['PolicyName'],

    async create({ token, properties, ...scope }) {
      await put(properties);
      return { physicalId: generatedName(scope, token, longestName), attributes: {} };
    },

    async update({ physicalId, properties, previous }) {
      await put(properties);
      const before = read(previous);
      const { roles } = read(properties);
      await remove(
        before.name,
        before.roles.filter((role) => !roles.includes(role)),
      );
      return { physicalId, attributes: {} };
    },

    delete({ properties }) {
      const { name, roles } = read(properties);
      return remove(name, roles);
    },
  };
}

function read(properties: JsonObject): { readonly name: string; readonly roles: readonly string[] } {
  const name = textProperty(properties, 'PolicyName');
  if (!name) throw new AwsError('ValidationError', 'PolicyName is missing: expected a text');
  return { name, roles: textList(properties, 'Roles') };
}
