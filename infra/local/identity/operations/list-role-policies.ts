import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { requiredText, type QueryInput } from './input.ts';

export const listRolePolicies = (store: IdentityStore) => (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  call.authorize('iam:ListRolePolicies', role.arn);
  return { PolicyNames: Object.keys(role.inline), IsTruncated: false };
};
