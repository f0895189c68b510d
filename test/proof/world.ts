import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tier } from '../../generated/application.ts';
import { graphqlData } from '../support/graphql.ts';
import { mutate, type Target } from '../support/mutate.ts';
import type { Clients, Deployment } from './clients.ts';
import { givenLookAlikes } from './look-alikes.ts';
import { acceptInvitation, password, signInMember } from './sign-in.ts';
import { givenTrade } from './trade.ts';
import type { Member, Place, Subject, World } from './subjects.ts';

/** Above what the attacks send, however quick the machine is: the gate is attacked on its own. */
const limits = { requestsPerSecond: 1000, burst: 10_000, requestsPerDay: 1_000_000, requestsPerMonth: 1_000_000 };
const longestOnboarding = 120_000;

/** Makes everybody: two tenants of each tier, operators of both roles, and the tenants with look-alike ids. */
export async function givenWorld(deployment: Deployment, clients: Clients, tiers: readonly Tier[]): Promise<World> {
  const { controlPlane } = deployment;
  const systemAdmin = await signInMember({
    ...deployment.operator,
    label: 'operator (SYSTEM_ADMIN)',
    clientId: controlPlane.userPoolClientId,
    ...whereOf(deployment),
  });
  const operate: Target = { url: controlPlane.graphqlUrl, headers: { authorization: systemAdmin.accessToken } };
  const support = await givenSupport(deployment, clients, operate);
  const subjects: Subject[] = [];
  for (const tier of tiers) {
    for (const name of ['victim', 'mallory'])
      subjects.push(await givenSubject(deployment, clients, operate, tier, name));
  }
  const pooled = subjects.find(({ tier }) => tier !== 'PLATINUM');
  return {
    controlPlane,
    operatorPool: { userPoolId: controlPlane.userPoolId, clientId: controlPlane.userPoolClientId },
    operators: { SYSTEM_ADMIN: systemAdmin, CUSTOMER_SUPPORT: support },
    subjects,
    lookAlikes: pooled ? await givenLookAlikes(clients, pooled.place) : [],
  };
}

const whereOf = ({ endpoint, region }: Deployment) => ({ endpoint, region });

async function givenSupport(deployment: Deployment, clients: Clients, operate: Target): Promise<Member> {
  const email = `support-${randomUUID()}@proof.example`;
  await mutated(mutate(operate, 'createOperator', { email, name: 'Support', role: 'CUSTOMER_SUPPORT' }, '__typename'));
  const { userPoolId, userPoolClientId } = deployment.controlPlane;
  await acceptInvitation(clients, userPoolId, email);
  return await signInMember({
    email,
    label: 'operator (CUSTOMER_SUPPORT)',
    password,
    clientId: userPoolClientId,
    ...whereOf(deployment),
  });
}

async function givenSubject(
  deployment: Deployment,
  clients: Clients,
  operate: Target,
  tier: Tier,
  name: string,
): Promise<Subject> {
  const slug = `${name}-${tier.toLowerCase()}-${randomUUID().slice(0, 8)}`;
  // No part of a word that an API says by itself.
  const marker = `zq${randomUUID().replaceAll('-', '')}`;
  const open: Target = {
    url: deployment.controlPlane.graphqlUrl,
    headers: { 'x-api-key': deployment.controlPlane.apiKey },
  };
  const adminEmail = `admin-${marker}@proof.example`;
  const registered = await mutated(
    mutate<{ id: string; tenantId: string }>(
      open,
      'registerTenant',
      {
        clientToken: randomUUID(),
        companyName: `Company ${marker}`,
        slug,
        adminEmail,
        adminName: `Ada ${marker}`,
        tier,
      },
      'registration { id tenantId }',
    ),
  );
  const { id, tenantId } = registered['registration'] ?? { id: '', tenantId: '' };
  await untilActive(open, id);
  await mutated(mutate(operate, 'setTenantLimits', { tenantId, limits }, '__typename'));
  const place = await placeOf(open, slug);
  await acceptInvitation(clients, place.userPoolId, adminEmail);
  const where = {
    clientId: place.userPoolClientId,
    endpoint: place.userPoolEndpoint ?? undefined,
    region: place.region,
  };
  const admin = await signInMember({ email: adminEmail, label: `${slug} (TENANT_ADMIN)`, password, ...where });

  const userEmail = `user-${marker}@proof.example`;
  const target: Target = { url: place.graphqlUrl, headers: { authorization: admin.accessToken } };
  await mutated(
    mutate(target, 'createUser', { email: userEmail, name: `Uma ${marker}`, role: 'TENANT_USER' }, '__typename'),
  );
  await acceptInvitation(clients, place.userPoolId, userEmail);
  const user = await signInMember({ email: userEmail, label: `${slug} (TENANT_USER)`, password, ...where });

  const trade = await givenTrade(target, marker);
  return {
    tenantId,
    slug,
    tier,
    place,
    members: { TENANT_ADMIN: admin, TENANT_USER: user },
    marker,
    ...trade,
    secrets: [marker, tenantId, slug, ...Object.values(trade.ids)],
  };
}

async function untilActive(open: Target, id: string): Promise<void> {
  const end = Date.now() + longestOnboarding;
  for (;;) {
    const { registration } = await graphqlData<{ registration: { status: string; failure: string | null } | null }>(
      open.url,
      open.headers,
      'query R($id: ID!) { registration(id: $id) { status failure } }',
      { id },
    );
    if (registration?.status === 'ACTIVE') return;
    if (registration?.status === 'FAILED' || Date.now() > end) {
      throw new Error(
        `Registration ${id} is ${registration?.status ?? 'absent'}: ${registration?.failure ?? 'too slow'}`,
      );
    }
    await sleep(50);
  }
}

async function placeOf(open: Target, slug: string): Promise<Place> {
  const { tenantRouting } = await graphqlData<{ tenantRouting: Place }>(
    open.url,
    open.headers,
    'query R($slug: String!) { tenantRouting(slug: $slug) { graphqlUrl realtimeUrl region userPoolId userPoolClientId userPoolEndpoint } }',
    { slug },
  );
  return tenantRouting;
}

/** What a mutation answered, once it has refused nothing. */
async function mutated<Payload extends { readonly userErrors: readonly unknown[] }>(
  call: Promise<Payload>,
): Promise<Payload> {
  const payload = await call;
  if (payload.userErrors.length > 0)
    throw new Error(`The proof cannot be set up: ${JSON.stringify(payload.userErrors)}`);
  return payload;
}
