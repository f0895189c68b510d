import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { encodedDocument, requiredText, type QueryInput } from './input.ts';

export const getRolePolicy = (store: IdentityStore) => (call: Call, input: QueryInput) => {
  const role = store.role(requiredText(input, 'RoleName'));
  call.authorize('iam:GetRolePolicy', role.arn);
  const name = requiredText(input, 'PolicyName');
  const document = Object.hasOwn(role.inline, name) ? role.inline[name] : undefined;
  if (!document) throw new AwsError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
  return { RoleName: role.name, PolicyName: name, PolicyDocument: encodedDocument(document) };
};
