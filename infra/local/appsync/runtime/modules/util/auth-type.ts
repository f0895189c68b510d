import { isFields, type Fields } from '../primordials.ts';
import { currentRun } from '../run.ts';

/**
 * The caller's authorization mode. Every mode gives ctx.identity a shape of its own, from which it is read; what has
 * no whole shape is an API key.
 */
export function authType(): string {
  const identity: unknown = JSON.parse(currentRun().given.identity);
  if (!isFields(identity)) return 'API Key Authorization';
  if (Object.keys(identity).length === 0 || Object.hasOwn(identity, 'resolverContext')) return 'Lambda Authorization';
  if (has(identity, ['accountId', 'userArn', 'username', 'sourceIp'])) return 'IAM Authorization';
  if (has(identity, ['sub', 'issuer', 'username', 'claims', 'sourceIp', 'defaultAuthStrategy']))
    return 'User Pool Authorization';
  if (has(identity, ['sub', 'issuer', 'claims']) && !Object.hasOwn(identity, 'username'))
    return 'Open ID Connect Authorization';
  return 'API Key Authorization';
}

function has(identity: Fields, names: readonly string[]): boolean {
  return names.every((name) => identity[name] !== undefined && identity[name] !== null);
}
