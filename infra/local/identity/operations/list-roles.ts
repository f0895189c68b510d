import type { Call } from '../../service.ts';
import type { IdentityStore } from '../store.ts';
import { describeRole } from './describe-role.ts';
import { optionalText, type QueryInput } from './input.ts';

const defaultPage = 100;

/** The marker is the last role's name of the page before. */
export const listRoles = (store: IdentityStore) => (call: Call, input: QueryInput) => {
  const prefix = optionalText(input, 'PathPrefix') ?? '/';
  call.authorize('iam:ListRoles', store.arn('role', prefix, ''));
  const marker = optionalText(input, 'Marker');
  const size = Number(optionalText(input, 'MaxItems') ?? defaultPage);
  const rest = [...store.roles.values()]
    .filter((role) => role.path.startsWith(prefix) && (marker === undefined || role.name > marker))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const page = rest.slice(0, size);
  const isTruncated = rest.length > page.length;
  return {
    Roles: page.map(describeRole),
    IsTruncated: isTruncated,
    Marker: isTruncated ? page.at(-1)?.name : undefined,
  };
};
