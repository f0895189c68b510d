import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { requiredText, type QueryInput } from './input.ts';

export const listAttachedRolePolicies = (store: IdentityStore) => (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  call.authorize('iam:ListAttachedRolePolicies', role.arn);
  return {
    AttachedPolicies: role.attached.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn })),
    IsTruncated: false,
  };
};
