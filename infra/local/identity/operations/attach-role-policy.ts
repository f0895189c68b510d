import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { requiredText, type QueryInput } from './input.ts';

export const attachRolePolicy = (store: IdentityStore) => async (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  const arn = requiredText(input, 'PolicyArn');
  call.authorize('iam:AttachRolePolicy', role.arn, { 'iam:PolicyARN': arn });
  store.requireManaged(arn);
  if (!role.attached.includes(arn)) await store.roles.put(role.name, { ...role, attached: [...role.attached, arn] });
  return {};
};
