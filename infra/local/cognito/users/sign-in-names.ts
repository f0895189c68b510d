import type { Pool, User } from '../model.ts';

export interface SignInName {
  readonly name: string;
  /** The attribute that it comes from; none for the username itself. */
  readonly attribute?: string;
}

/**
 * Every name that a user can sign in with. With `UsernameAttributes` the attribute is a name from the start; with
 * `AliasAttributes` only once it is verified.
 * Source: Amazon Cognito developer guide, "Customizing sign-in attributes".
 */
export function signInNames(pool: Pool, user: Pick<User, 'username' | 'attributes'>): SignInName[] {
  const names: SignInName[] = [{ name: user.username }];
  for (const attribute of pool.settings.UsernameAttributes ?? []) {
    const name = user.attributes[attribute];
    if (name) names.push({ name, attribute });
  }
  for (const attribute of pool.settings.AliasAttributes ?? []) {
    const name = user.attributes[attribute];
    const isName = attribute === 'preferred_username' || user.attributes[`${attribute}_verified`] === 'true';
    if (name && isName) names.push({ name, attribute });
  }
  return names;
}

/** Pools are case-sensitive unless they say otherwise. */
export function caseFolded(pool: Pool, name: string): string {
  return pool.settings.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;
}
