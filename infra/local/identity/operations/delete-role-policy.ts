import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { requiredText, type QueryInput } from './input.ts';

export const deleteRolePolicy = (store: IdentityStore) => async (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  call.authorize('iam:DeleteRolePolicy', role.arn);
  const name = requiredText(input, 'PolicyName');
  if (!Object.hasOwn(role.inline, name)) {
    throw new AwsError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
  }
  const inline = Object.fromEntries(Object.entries(role.inline).filter(([other]) => other !== name));
  await store.roles.put(role.name, { ...role, inline });
  return {};
};
