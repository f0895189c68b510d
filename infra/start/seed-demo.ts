import { setTimeout as sleep } from 'node:timers/promises';
import {
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { callGraphql } from './graphql.ts';
import type { ApiOutputs, DemoLogin } from './outputs.ts';

interface DemoTenant {
  readonly slug: string;
  readonly companyName: string;
  readonly adminEmail: string;
  readonly adminName: string;
  readonly tier: 'BASIC' | 'PREMIUM';
  readonly products: readonly {
    readonly sku: string;
    readonly name: string;
    readonly category: string;
    readonly price: number;
    readonly stock: number;
  }[];
}

const tenants: readonly DemoTenant[] = [
  {
    slug: 'acme',
    companyName: 'Acme Outdoor',
    adminEmail: 'ada@acme.example',
    adminName: 'Ada Okafor',
    tier: 'BASIC',
    products: [
      { sku: 'TENT-2', name: 'Two-person tent', category: 'Camping', price: 24_900, stock: 12 },
      { sku: 'STOVE-1', name: 'Gas stove', category: 'Camping', price: 5_900, stock: 40 },
      { sku: 'ROPE-60', name: 'Climbing rope, 60 m', category: 'Climbing', price: 18_500, stock: 7 },
    ],
  },
  {
    slug: 'globex',
    companyName: 'Globex Stationery',
    adminEmail: 'gil@globex.example',
    adminName: 'Gil Haddad',
    tier: 'PREMIUM',
    products: [
      { sku: 'PEN-B', name: 'Fountain pen, black', category: 'Pens', price: 3_200, stock: 150 },
      { sku: 'INK-50', name: 'Ink, 50 ml', category: 'Ink', price: 1_100, stock: 300 },
      { sku: 'NOTE-A5', name: 'Notebook, A5', category: 'Paper', price: 1_450, stock: 220 },
    ],
  },
];

export function demoLogins(password: string): DemoLogin[] {
  return tenants.map(({ slug, adminEmail }) => ({ slug, email: adminEmail, password }));
}

export interface SeedDemoOptions {
  readonly cognito: CognitoIdentityProviderClient;
  readonly controlPlane: ApiOutputs & { readonly apiKey: string };
  readonly pooled: ApiOutputs;
  readonly password: string;
}

/** Two companies, made through the public sign-up as any other, with a few products each; safe to run again. */
export async function seedDemo(options: SeedDemoOptions): Promise<void> {
  await Promise.all(tenants.map((tenant) => seedTenant(tenant, options)));
}

async function seedTenant(
  tenant: DemoTenant,
  { cognito, controlPlane, pooled, password }: SeedDemoOptions,
): Promise<void> {
  const { slug, companyName, adminEmail, adminName, tier, products } = tenant;
  const headers = { 'x-api-key': controlPlane.apiKey };
  const input = { clientToken: `demo-tenant-${slug}`, companyName, slug, adminEmail, adminName, tier };
  const { registerTenant } = await callGraphql<{
    registerTenant: { registration: { id: string } | null; userErrors: { message: string }[] };
  }>(
    controlPlane.graphqlUrl,
    headers,
    'mutation Register($input: RegisterTenantInput!) { registerTenant(input: $input) { registration { id } userErrors { message } } }',
    { input },
  );
  const id = registerTenant.registration?.id;
  if (id === undefined)
    throw new Error(`Demo tenant ${slug}: ${registerTenant.userErrors.map(({ message }) => message).join('; ')}`);
  await untilActive(controlPlane.graphqlUrl, headers, id);

  const user = { UserPoolId: pooled.userPoolId, Username: adminEmail };
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  const { AuthenticationResult: tokens } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: pooled.userPoolClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: adminEmail, PASSWORD: password },
    }),
  );
  const authorization = { authorization: tokens?.AccessToken ?? '' };
  const known = await callGraphql<{ products: { edges: unknown[] } }>(
    pooled.graphqlUrl,
    authorization,
    '{ products(first: 1) { edges { cursor } } }',
  );
  if (known.products.edges.length > 0) return;
  const create =
    'mutation Create($input: CreateProductInput!) { createProduct(input: $input) { userErrors { message } } }';
  await Promise.all(products.map((input) => callGraphql(pooled.graphqlUrl, authorization, create, { input })));
}

const longestWait = 30_000;

async function untilActive(url: string, headers: Readonly<Record<string, string>>, id: string): Promise<void> {
  const end = Date.now() + longestWait;
  while (Date.now() < end) {
    const { registration } = await callGraphql<{ registration: { status: string; failure: string | null } | null }>(
      url,
      headers,
      'query Registration($id: ID!) { registration(id: $id) { status failure } }',
      { id },
    );
    if (registration?.status === 'ACTIVE') return;
    if (registration?.status === 'FAILED')
      throw new Error(`The onboarding failed: ${registration.failure ?? 'no cause is known'}`);
    await sleep(50);
  }
  throw new Error(`The onboarding ${id} was not done after ${longestWait / 1000} s`);
}
