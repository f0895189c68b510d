import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { describeRole } from './describe-role.ts';
import { requiredText, type QueryInput } from './input.ts';

export const getRole = (store: IdentityStore) => (call: Call, input: QueryInput) => {
  const name = requiredText(input, 'RoleName');
  call.authorize('iam:GetRole', store.roles.get(name)?.arn ?? store.arn('role', '/', name));
  return { Role: describeRole(store.role(name)) };
};
