import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { authorizeQuery, requiredText, type QueryInput } from './input.ts';

export const listRolePolicies = (store: IdentityStore) => (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  authorizeQuery(call, 'iam:ListRolePolicies', role.arn);
  return { PolicyNames: Object.keys(role.inline), IsTruncated: false };
};
