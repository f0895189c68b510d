import type { Call } from '../../service.ts';
import { requirePolicy } from '../policy/compile.ts';
import type { IdentityStore } from '../store.ts';
import { documentOf, requiredText, type QueryInput } from './input.ts';

export const putRolePolicy = (store: IdentityStore) => async (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  call.authorize('iam:PutRolePolicy', role.arn);
  const name = requiredText(input, 'PolicyName');
  const document = requirePolicy(documentOf(requiredText(input, 'PolicyDocument')));
  await store.roles.put(role.name, { ...role, inline: { ...role.inline, [name]: document } });
  return {};
};
