import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { requiredText, type QueryInput } from './input.ts';

export const detachRolePolicy = (store: IdentityStore) => async (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  const arn = requiredText(input, 'PolicyArn');
  call.authorize('iam:DetachRolePolicy', role.arn, { 'iam:PolicyARN': arn });
  if (!role.attached.includes(arn)) throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
  await store.roles.put(role.name, { ...role, attached: role.attached.filter((other) => other !== arn) });
  return {};
};
