import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { requiredText, type QueryInput } from './input.ts';

export const deleteRole = (store: IdentityStore) => async (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  call.authorize('iam:DeleteRole', role.arn);
  if (role.attached.length > 0) {
    throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
  }
  if (Object.keys(role.inline).length > 0) {
    throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
  }
  await store.roles.delete(role.name);
  return {};
};
