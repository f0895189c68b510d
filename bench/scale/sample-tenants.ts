import { AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { Outputs } from '../../infra/start/outputs.ts';
import { chosenPassword, type Person, signIn } from '../../test/support/given.ts';
import { graphqlData } from '../../test/support/graphql.ts';
import { cloneSlug } from './clone-tenant.ts';

export interface SampledTenant {
  readonly admin: Person;
  readonly productId: string;
}

export function adminEmail(number: number): string {
  return `admin@${cloneSlug(number)}.example`;
}

/** Of `count` tenants so many, spread over all, with a password (it is bound to the account, so a clone has none) and signed in. */
export async function sampleTenants(outputs: Outputs, count: number, wanted: number): Promise<SampledTenant[]> {
  const cognito = new CognitoIdentityProviderClient({ endpoint: outputs.endpoint, region: outputs.region });
  const { userPoolId, userPoolClientId, graphqlUrl } = outputs.pooled;
  const sampled: SampledTenant[] = [];
  for (const number of spread(count, wanted)) {
    const email = adminEmail(number);
    const password = { UserPoolId: userPoolId, Username: email, Password: chosenPassword, Permanent: true };
    await cognito.send(new AdminSetUserPasswordCommand(password));
    const admin = await signIn(outputs, userPoolClientId, email, chosenPassword);
    const { me, products } = await graphqlData<{
      me: { email: string };
      products: { edges: { node: { id: string } }[] };
    }>(graphqlUrl, admin.headers, '{ me { email } products(first: 1) { edges { node { id } } } }');
    const productId = products.edges[0]?.node.id;
    if (me.email !== email || productId === undefined)
      throw new Error(
        `Tenant ${number} is ${me.email} with product ${productId ?? 'none'}, expected ${email} with one`,
      );
    sampled.push({ admin, productId });
  }
  return sampled;
}

/** So many of the numbers below `count`, as far apart as they can be. */
export function spread(count: number, wanted: number): number[] {
  const taken = Math.min(count, wanted);
  return Array.from({ length: taken }, (_, place) => Math.floor((place * count) / taken));
}
