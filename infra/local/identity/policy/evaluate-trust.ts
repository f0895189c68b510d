import type { Principal } from '../../service.ts';
import type { CompiledStatement } from './compile.ts';
import type { PrincipalList } from './document.ts';
import type { RequestContext } from './request-context.ts';

/** Who wants to assume a role: a principal of an account, or an AWS service. */
export type Trusted = Pick<Principal, 'arn' | 'accountId' | 'roleArn'> | { readonly service: string };

/** `direct`: the policy names the caller itself, so the caller needs no policy of its own. `account`: it names the account. */
export type Trust = 'direct' | 'account' | 'none';

/** Source: IAM user guide, "AWS JSON policy elements: Principal", and "Cross account policy evaluation logic". */
export function evaluateTrust(
  statements: readonly CompiledStatement[],
  action: string,
  trusted: Trusted,
  context: RequestContext,
): Trust {
  let trust: Trust = 'none';
  for (const statement of statements) {
    if (!statement.coversAction(action) || !statement.holds(context)) continue;
    const match = statement.principals ? matchPrincipal(statement.principals, trusted) : 'none';
    if (match === 'none') continue;
    if (statement.effect === 'Deny') return 'none';
    if (trust !== 'direct') trust = match;
  }
  return trust;
}

function matchPrincipal({ negated, byType }: PrincipalList, trusted: Trusted): Trust {
  const match = 'service' in trusted ? matchService(byType, trusted.service) : matchAws(byType, trusted);
  if (!negated) return match;
  return match === 'none' ? 'account' : 'none';
}

function matchService(byType: PrincipalList['byType'], service: string): Trust {
  const named = byType['Service'] ?? [];
  return named.includes(service) || named.includes('*') ? 'direct' : 'none';
}

function matchAws(byType: PrincipalList['byType'], caller: Exclude<Trusted, { service: string }>): Trust {
  const named = byType['AWS'] ?? [];
  if (named.includes('*')) return 'direct';
  const ownArns = [caller.arn, caller.roleArn].filter((arn) => arn !== undefined && !arn.endsWith(':root'));
  if (named.some((name) => ownArns.includes(name))) return 'direct';
  const isAccount = (name: string): boolean =>
    name === caller.accountId || (name.startsWith('arn:') && name.endsWith(`:iam::${caller.accountId}:root`));
  return named.some(isAccount) ? 'account' : 'none';
}
