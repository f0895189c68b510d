import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import type { Pool, User } from '../model.ts';
import { caseFolded } from './sign-in-names.ts';

/** `email = "x"`, `name ^= "x"`, with the names quoted or not. */
const form = /^\s*"?([\w:]+)"?\s*(\^=|=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

const searchable: ReadonlySet<string> = new Set([
  ...['username', 'email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'],
  ...['cognito:user_status', 'status', 'sub'],
]);

/**
 * The users that a filter of ListUsers lets through, in the order of creation. A name to sign in with is looked up, not
 * searched for. Source: Amazon Cognito user pools API reference, ListUsers.
 */
export function* usersMatching({ users }: Pick<Cognito, 'users'>, pool: Pool, filter: string): Generator<User> {
  if (filter.trim() === '') return yield* users.of(pool.id);
  const [, name = '', operator, quoted = ''] = form.exec(filter) ?? [];
  if (!searchable.has(name)) {
    throw new AwsError(
      'InvalidParameterException',
      `Invalid search attribute or filter: ${filter}; expected name = "value" or name ^= "value"`,
    );
  }
  const wanted = quoted.replace(/\\(.)/g, '$1');
  const matches = (user: User) => {
    const value = valueOf(user, name);
    if (value === undefined) return false;
    const [given, sought] = isFolded(name) ? [caseFolded(pool, value), caseFolded(pool, wanted)] : [value, wanted];
    return operator === '=' ? given === sought : given.startsWith(sought);
  };
  const only = operator === '=' ? byName(users, pool, name, wanted) : undefined;
  for (const user of only ?? users.of(pool.id)) if (matches(user)) yield user;
}

/** Undefined where the name is no index. */
function byName(users: Cognito['users'], pool: Pool, name: string, wanted: string): User[] | undefined {
  const isIndexed =
    name === 'sub' || name === 'username' || pool.settings.UsernameAttributes?.some((attribute) => attribute === name);
  if (!isIndexed) return undefined;
  const user = users.find(pool, wanted);
  return user ? [user] : [];
}

const isFolded = (name: string) => name === 'username' || name === 'email' || name === 'preferred_username';

function valueOf(user: User, name: string): string | undefined {
  if (name === 'username') return user.username;
  if (name === 'sub') return user.sub;
  if (name === 'cognito:user_status') return user.status;
  if (name === 'status') return user.enabled ? 'Enabled' : 'Disabled';
  return user.attributes[name];
}
