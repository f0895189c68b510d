import type { Role } from '../model.ts';
import { encodedDocument } from './input.ts';

/** A role as IAM's API shows it. */
export function describeRole(role: Role) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodedDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    ...(role.permissionsBoundary === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'Policy',
            PermissionsBoundaryArn: role.permissionsBoundary,
          },
        }),
    Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
