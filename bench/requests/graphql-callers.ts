import type { Caller } from '../load/job.ts';
import type { Shop } from '../shops/shop.ts';
import type { Operation } from './operations.ts';

type Credential = Readonly<Record<string, string>>;

/** Each shop's requests, with the credentials that a server knows its callers by. */
export function graphqlCallers(
  shops: readonly Shop[],
  { of }: Operation,
  credentials: (shop: Shop) => readonly Credential[],
): Caller[] {
  return shops.map((shop) => ({
    credentials: credentials(shop),
    journeys: of(shop).map(({ query, variables, expected }) => ({
      steps: [
        { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }), expected },
      ],
    })),
  }));
}

/** The same token in every request: the authorizer is asked once a minute. */
export const sameToken = ({ tokens }: Shop): Credential[] =>
  tokens.slice(0, 1).map((authorization) => ({ authorization }));

/**
 * As many different headers as can be made of a shop's tokens: AppSync keeps an authorizer's answer by the whole header, and the
 * scheme may be written in any case, so that each of these is asked for anew. Source: RFC 9110, 11.1.
 */
export function freshTokens({ tokens }: Shop): Credential[] {
  return tokens.flatMap((token) => spellings('bearer').map((scheme) => ({ authorization: `${scheme} ${token}` })));
}

/** A word in every mixture of capital and small letters. */
export function spellings(word: string): string[] {
  const [first] = word;
  if (first === undefined) return [''];
  return spellings(word.slice(1)).flatMap((rest) => [`${first.toLowerCase()}${rest}`, `${first.toUpperCase()}${rest}`]);
}

/** How the peers, who authorize nobody, are told whose request it is. */
export const named = ({ tenantId, admin }: Shop): Credential[] => [
  // The key is for Amplify's simulator, which lets nobody in without one.
  { 'x-tenant-id': tenantId, 'x-user-id': admin.id, 'x-api-key': 'bench' },
];
