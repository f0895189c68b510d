import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { confirmSignIn, fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  aCompany,
  aRegistration,
  chosenPassword,
  register,
  temporaryPassword,
  untilOnboarded,
} from '../support/given.ts';
import { graphqlData } from '../support/graphql.ts';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';

let cotenant: Cotenant;
beforeAll(async () => {
  cotenant = await startCotenant({ ephemeral: true });
  const { certificateAuthority } = cotenant.outputs;
  // Node 20 has no WebSocket of its own; Amplify opens wss:// wherever the API is.
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols, { ca: certificateAuthority });
    }
  } as unknown as typeof globalThis.WebSocket;
}, 120_000);
afterAll(() => cotenant.stop());

/** aws-amplify as an app would set it up: the token goes along as the Lambda authorizer's. */
function configureAmplify() {
  const { pooled, endpoint, region } = cotenant.outputs;
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: pooled.userPoolId,
        userPoolClientId: pooled.userPoolClientId,
        userPoolEndpoint: `${endpoint}/`,
      },
    },
    API: { GraphQL: { endpoint: pooled.graphqlUrl, region, defaultAuthMode: 'lambda' } },
  });
  return generateClient();
}

describe('a company signs up, signs in and trades, with aws-amplify as it is', () => {
  test('from registration to a live order', async () => {
    const { outputs } = cotenant;
    const input = aRegistration();
    const { registration, userErrors } = await register(outputs, input);
    expect(userErrors).toEqual([]);
    const onboarded = await untilOnboarded(outputs, registration?.id ?? '');
    expect(onboarded).toMatchObject({ status: 'ACTIVE', slug: input.slug });
    expect(onboarded.steps.map(({ status }) => status)).toEqual(onboarded.steps.map(() => 'SUCCEEDED'));

    const client = configureAmplify();
    const { nextStep } = await signIn({
      username: input.adminEmail,
      password: await temporaryPassword(outputs, input.adminEmail),
    });
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
    expect(await confirmSignIn({ challengeResponse: chosenPassword })).toMatchObject({ isSignedIn: true });
    const { tokens } = await fetchAuthSession();
    const authToken = tokens?.accessToken.toString() ?? '';
    expect(tokens?.accessToken.payload).toMatchObject({
      tenantId: onboarded.tenantId,
      role: 'TENANT_ADMIN',
      tier: 'BASIC',
    });

    const heard: unknown[] = [];
    const subscription = 'subscription { onProductChanged { type product { id name stock } } }';
    const live = client.graphql({ query: subscription, authToken });
    if (!('subscribe' in live)) throw new Error('Not a subscription');
    const done = new Promise<void>((resolve, reject) => {
      live.subscribe({
        next: ({ data }) => {
          heard.push(data);
          if (heard.length === 2) resolve();
        },
        error: reject,
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 500));

    const create =
      'mutation C($input: CreateProductInput!) { createProduct(input: $input) { product { id price } userErrors { code } } }';
    const product = { sku: 'A-1', name: 'Anvil', price: 1250, stock: 5 };
    const created = (await client.graphql({ query: create, variables: { input: product }, authToken })) as unknown as {
      data: { createProduct: { product: { id: string } } };
    };
    const productId = created.data.createProduct.product.id;
    const order =
      'mutation O($input: CreateOrderInput!) { createOrder(input: $input) { order { total status lines { name unitPrice } } userErrors { code } } }';
    const ordered = await client.graphql({
      query: order,
      variables: { input: { lines: [{ productId, quantity: 2 }] } },
      authToken,
    });
    expect(ordered).toMatchObject({
      data: {
        createOrder: {
          order: { total: 2500, status: 'PLACED', lines: [{ name: 'Anvil', unitPrice: 1250 }] },
          userErrors: [],
        },
      },
    });
    await done;
    expect(heard).toMatchObject([
      { onProductChanged: { type: 'CREATED', product: { id: productId, stock: 5 } } },
      { onProductChanged: { type: 'UPDATED', product: { id: productId, stock: 3 } } },
    ]);

    const other = await aCompany(outputs);
    const everything =
      '{ products { edges { node { id } } } orders { edges { node { id } } } users { edges { node { email } } } me { email } tenant { id } }';
    expect(await graphqlData(outputs.pooled.graphqlUrl, other.admin.headers, everything)).toEqual({
      products: { edges: [] },
      orders: { edges: [] },
      users: { edges: [{ node: { email: other.admin.email } }] },
      me: { email: other.admin.email },
      tenant: { id: other.tenantId },
    });
    await signOut();
  });
});
