import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import type { Role } from '../model.ts';
import { requirePolicy } from '../policy/compile.ts';
import type { IdentityStore } from '../store.ts';
import { describeRole } from './describe-role.ts';
import { documentOf, optionalText, requiredText, tagsOf, type QueryInput } from './input.ts';

export const createRole = (store: IdentityStore) => async (call: Call, input: QueryInput) => {
  const name = requiredText(input, 'RoleName');
  const path = optionalText(input, 'Path') ?? '/';
  const arn = store.arn('role', path, name);
  call.authorize('iam:CreateRole', arn);
  if (store.roles.has(name)) {
    throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
  }
  const boundary = optionalText(input, 'PermissionsBoundary');
  const description = optionalText(input, 'Description');
  const now = store.clock.now();
  const role: Role = {
    name,
    path,
    arn,
    id: store.uniqueId('AROA', `${arn} ${now} ${call.requestId}`),
    trustPolicy: requirePolicy(documentOf(requiredText(input, 'AssumeRolePolicyDocument')), 'trust'),
    inline: {},
    attached: [],
    ...(boundary === undefined ? {} : { permissionsBoundary: store.requireManaged(boundary) }),
    ...(description === undefined ? {} : { description }),
    maxSessionDuration: Number(optionalText(input, 'MaxSessionDuration') ?? 3600),
    tags: tagsOf(input),
    createdAt: now,
  };
  await store.roles.put(name, role);
  return { Role: describeRole(role) };
};
